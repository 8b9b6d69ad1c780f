package limbeck.engine.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * Files whose matrices are stored in fewer bits, as a {@link WeightType} says. Metadata entry
 * {@value #KEY} describes them. Float16 and bfloat16 are types of the format, which any reader
 * knows. Of int8 weights the tensor holds codes, and an F32 tensor beside it the scales:
 *
 * <pre>
 * fc1.weight        I8  [30, 784]
 * fc1.weight.scale  F32 [30]
 * limbeck.weights   {"version": 1, "type": "int8", "scale": "largest/127",
 *                    "weight": "tensor[c, ...] * scale[c], a float32 product",
 *                    "scales": {"fc1.weight": "fc1.weight.scale"}}
 * </pre>
 */
public final class NarrowWeights {
  /** The metadata key of the description. */
  public static final String KEY = "limbeck.weights";

  private static final long VERSION = 1;
  private static final String INT8 = "int8";

  private NarrowWeights() {}

  /**
   * Saves a checkpoint ({@link Checkpoints#save(Path, Map, Map)}) with narrow matrices.
   *
   * @param matrices names of the tensors to narrow, F32 of two axes or more
   * @return the hash of the file's content
   * @throws IllegalArgumentException if one of them is no such tensor; one of float16 or bfloat16
   *     has a finite number that would become infinite, one of int8 a number that is not finite
   * @throws IOException if it cannot be written
   */
  public static String save(
      Path file,
      Map<String, Tensor> tensors,
      Set<String> matrices,
      WeightType type,
      Map<String, String> metadata)
      throws IOException {
    Map<String, String> all = MapOrder.copy(metadata);
    all.remove(KEY);
    if (type == WeightType.FLOAT32) {
      return Checkpoints.save(file, tensors, all);
    }
    for (String name : matrices) {
      requireMatrix(name, tensors.get(name));
    }
    Map<String, StoredType> types = new LinkedHashMap<>();
    for (String name : MapOrder.copy(tensors).keySet()) {
      if (matrices.contains(name)) {
        types.put(name, stored(type));
      }
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("version", VERSION);
    Map<String, Tensor> written = tensors;
    if (stored(type) == StoredType.I8) {
      boolean calibrated = type == WeightType.INT8_CALIBRATED;
      description.put("type", INT8);
      description.put("scale", calibrated ? "least squared error" : "largest/127");
      description.put("weight", "tensor[c, ...] * scale[c], a float32 product");
      written = quantised(tensors, types.keySet(), calibrated, description);
    } else {
      description.put("type", type.word());
      description.put("tensors", List.copyOf(types.keySet()));
    }
    all.put(KEY, Json.write(description));
    return Checkpoints.save(file, written, types, all);
  }

  private static StoredType stored(WeightType type) {
    return switch (type) {
      case FLOAT32 -> StoredType.F32;
      case FLOAT16 -> StoredType.F16;
      case BFLOAT16 -> StoredType.BF16;
      case INT8, INT8_CALIBRATED -> StoredType.I8;
    };
  }

  private static void requireMatrix(String name, Tensor t) {
    boolean matrix = t != null && t.dtype() == DType.F32 && t.shape().rank() >= 2;
    if (!matrix) {
      throw new IllegalArgumentException(
          "weights: "
              + FormatException.quote(name)
              + " is "
              + (t == null ? "no tensor" : t.dtype() + t.shape().toString())
              + "; only F32 tensors of two axes or more are narrowed");
    }
  }

  /** The tensors, matrices as codes followed by their scales. */
  private static Map<String, Tensor> quantised(
      Map<String, Tensor> tensors,
      Set<String> matrices,
      boolean calibrated,
      Map<String, Object> description) {
    Map<String, Tensor> stored = new LinkedHashMap<>();
    Map<String, String> scales = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : MapOrder.entries(tensors)) {
      String name = entry.getKey();
      if (!matrices.contains(name)) {
        stored.put(name, entry.getValue());
        continue;
      }
      requireFinite(name, entry.getValue());
      Int8Channels channels = Int8Channels.of(entry.getValue(), calibrated);
      stored.put(name, channels.codes());
      String scale = name + ".scale";
      while (tensors.containsKey(scale)) { // a tensor of that name is something else
        scale += ".scale";
      }
      stored.put(scale, channels.scales());
      scales.put(name, scale);
    }
    description.put("scales", scales);
    return stored;
  }

  private static void requireFinite(String name, Tensor t) {
    int at = TensorFile.firstNonFinite(t);
    if (at >= 0) {
      throw new IllegalArgumentException(
          "weights: "
              + FormatException.quote(name)
              + " has "
              + t.get(at)
              + " at element "
              + at
              + " of "
              + t.shape()
              + ", which int8 cannot hold");
    }
  }

  /**
   * A file as it was before its matrices were narrowed, but for their rounding: of int8 weights
   * their products with the scales instead of both. Others have been widened when they were read.
   * The description is no longer in the metadata.
   *
   * @throws FormatException if the description or what it describes is damaged: a scale is missing,
   *     of another type or length, negative or not finite, or a code is −128
   */
  public static TensorFile widen(TensorFile file) throws FormatException {
    String text = file.metadata().get(KEY);
    if (text == null) {
      return file;
    }
    String where = file.source() + ": metadata " + FormatException.quote(KEY);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    List<String> scales = new ArrayList<>();
    for (Map.Entry<?, ?> entry : scales(text, where).entrySet()) {
      if (!(entry.getValue() instanceof String scale)) {
        throw new FormatException(where + ": the name of a scale is not a string");
      }
      String name = (String) entry.getKey();
      weights.put(name, Int8File.read(file, name, scale).widened());
      scales.add(scale);
    }
    return file.without(KEY).with(weights, scales);
  }

  /** Names of scales by names of their tensors; none of floating weights. */
  private static Map<?, ?> scales(String text, String where) throws FormatException {
    Object json;
    try {
      json = Json.parse(text);
    } catch (FormatException e) {
      throw new FormatException(where + ": " + e.getMessage(), e);
    }
    if (!(json instanceof Map<?, ?> description)) {
      throw new FormatException(where + ": not a JSON object");
    }
    Object version = description.get("version");
    if (!Long.valueOf(VERSION).equals(version)) {
      throw new FormatException(where + ": version " + version + ", this build reads " + VERSION);
    }
    Object type = description.get("type");
    if ("float16".equals(type) || "bfloat16".equals(type)) {
      return Map.of();
    }
    if (!INT8.equals(type) || !(description.get("scales") instanceof Map<?, ?> scales)) {
      throw new FormatException(
          where + ": neither float16 nor bfloat16, nor int8 with the names of scales");
    }
    return scales;
  }
}

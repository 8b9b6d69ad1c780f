package limbeck.engine.io;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** Tensors as they come back from files in which they have other types. */
final class Narrowing {
  private Narrowing() {}

  /**
   * All tensors, in the order of their map, those with a type as it rounds them.
   *
   * @throws IllegalArgumentException as {@link Safetensors#write(java.nio.file.Path, Map, Map,
   *     Map)}
   */
  static Map<String, Tensor> all(Map<String, Tensor> tensors, Map<String, StoredType> types) {
    for (String name : types.keySet()) {
      if (!tensors.containsKey(name)) {
        throw new IllegalArgumentException(
            "safetensors: a type for " + FormatException.quote(name) + ", which is no tensor");
      }
    }
    Map<String, Tensor> rounded = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : MapOrder.entries(tensors)) {
      String name = entry.getKey();
      Tensor t = entry.getValue();
      StoredType type = types.get(name);
      boolean same = type == null || type == StoredType.of(t.dtype());
      rounded.put(name, same ? t : rounded(name, t, type));
    }
    return rounded;
  }

  private static Tensor rounded(String name, Tensor t, StoredType type) {
    if (type == StoredType.I8 && t.dtype() == DType.I32) {
      return checked(name, t);
    }
    boolean half = type == StoredType.F16 || type == StoredType.BF16;
    if (!half || t.dtype() != DType.F32) {
      throw new IllegalArgumentException(
          who(name) + " of type " + t.dtype() + " cannot be written as " + type);
    }
    Tensor rounded = Tensor.zeros(DType.F32, t.shape());
    for (int i = 0; i < t.size(); i++) {
      float value = t.floats()[t.offset() + i];
      float back = rounded(value, type);
      if (Float.isFinite(value) && !Float.isFinite(back)) {
        throw beyond(name, t, i, type);
      }
      rounded.floats()[i] = back;
    }
    return rounded;
  }

  private static float rounded(float value, StoredType type) {
    return type == StoredType.F16
        ? HalfFloats.fromFloat16(HalfFloats.toFloat16(value))
        : HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value));
  }

  private static Tensor checked(String name, Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      int value = t.ints()[t.offset() + i];
      if (value != (byte) value) {
        throw beyond(name, t, i, StoredType.I8);
      }
    }
    return t;
  }

  private static IllegalArgumentException beyond(String name, Tensor t, int i, StoredType type) {
    String value =
        t.dtype() == DType.I32
            ? Integer.toString(t.ints()[t.offset() + i])
            : ShortestDecimal.of(t.floats()[t.offset() + i]);
    return new IllegalArgumentException(
        who(name)
            + " has "
            + value
            + " at element "
            + i
            + " of "
            + t.shape()
            + ", beyond the range of "
            + type);
  }

  private static String who(String name) {
    return "safetensors: tensor " + FormatException.quote(name);
  }
}

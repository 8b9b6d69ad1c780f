package limbeck.engine.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/** The content of a safetensors file in memory: tensors by name, and metadata. */
public final class TensorFile {
  private final String source;
  private final Map<String, String> metadata;

  /** By name in the order of the header; a tensor, or a string why it could not be loaded. */
  private final Map<String, Object> tensors;

  TensorFile(String source, Map<String, String> metadata, Map<String, Object> tensors) {
    this.source = source;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /** The metadata in the order of the file; empty when there is none. Not modifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The names of all tensors, in the order of the file's header. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The tensor of that name, not copied.
   *
   * @throws FormatException if there is none, or it is of a type that is not loaded (anything but
   *     F32, F64, I32, and I64 within the range of I32)
   */
  public Tensor tensor(String name) throws FormatException {
    Object tensor = tensors.get(name);
    if (tensor == null) {
      throw new FormatException(
          source + ": no tensor " + FormatException.quote(name) + "; it has " + some());
    }
    if (tensor instanceof Tensor loaded) {
      return loaded;
    }
    throw new FormatException(source + ": tensor " + FormatException.quote(name) + " " + tensor);
  }

  /**
   * All tensors by name, in the order of the file; the map is new, the tensors are not copied.
   *
   * @throws FormatException if one is of a type that is not loaded
   */
  public Map<String, Tensor> tensors() throws FormatException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (String name : tensors.keySet()) {
      all.put(name, tensor(name));
    }
    return all;
  }

  /**
   * This file, if no floating tensor has a NaN or an infinity.
   *
   * @throws FormatException naming the first that has
   */
  public TensorFile requireFinite() throws FormatException {
    for (Map.Entry<String, Object> entry : tensors.entrySet()) {
      if (entry.getValue() instanceof Tensor t && t.dtype() != DType.I32) {
        requireFinite(entry.getKey(), t);
      }
    }
    return this;
  }

  private void requireFinite(String name, Tensor t) throws FormatException {
    for (int i = 0; i < t.size(); i++) {
      if (!Double.isFinite(t.get(i))) {
        throw new FormatException(
            source
                + ": tensor "
                + FormatException.quote(name)
                + " has "
                + t.get(i)
                + " at element "
                + i
                + " of "
                + t.shape());
      }
    }
  }

  /** This file without one metadata entry. */
  TensorFile without(String key) {
    Map<String, String> rest = new LinkedHashMap<>(metadata);
    rest.remove(key);
    return new TensorFile(source, Collections.unmodifiableMap(rest), tensors);
  }

  private String some() {
    List<String> shown = new ArrayList<>();
    for (String name : tensors.keySet()) {
      if (shown.size() == 5) {
        shown.add("… (" + tensors.size() + " in all)");
        break;
      }
      shown.add(FormatException.quote(name));
    }
    return shown.isEmpty() ? "none at all" : String.join(", ", shown);
  }
}

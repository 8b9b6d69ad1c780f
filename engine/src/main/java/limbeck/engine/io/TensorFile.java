package limbeck.engine.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** The content of a safetensors file in memory: tensors by name, and metadata. */
public final class TensorFile {
  private final String source;
  private final Map<String, String> metadata;

  /** By name in the order of the header. */
  private final Map<String, StoredTensor> tensors;

  TensorFile(String source, Map<String, String> metadata, Map<String, StoredTensor> tensors) {
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
   * The type that the tensor of that name has in the file.
   *
   * @throws FormatException if there is none
   */
  public StoredType stored(String name) throws FormatException {
    return find(name).type();
  }

  /**
   * The shape of the tensor of that name, loaded or not.
   *
   * @throws FormatException if there is none
   */
  public Shape shape(String name) throws FormatException {
    return find(name).shape();
  }

  /**
   * The tensor of that name, not copied; widened to F32 or I32 where it is stored as a type that
   * tensors have not (see {@link StoredType}).
   *
   * @throws FormatException if there is none, it is of a type that is not read, or it holds a whole
   *     number beyond the range of I32
   */
  public Tensor tensor(String name) throws FormatException {
    if (find(name).content() instanceof Tensor loaded) {
      return loaded;
    }
    throw new FormatException(
        source + ": tensor " + FormatException.quote(name) + " " + find(name).content());
  }

  private StoredTensor find(String name) throws FormatException {
    StoredTensor found = tensors.get(name);
    if (found == null) {
      throw new FormatException(
          source + ": no tensor " + FormatException.quote(name) + "; it has " + some());
    }
    return found;
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
   * This file, if no floating tensor has a NaN or an infinity: {@link NonFinite#REJECT}.
   *
   * @throws FormatException naming the first that has
   */
  public TensorFile requireFinite() throws FormatException {
    return check(NonFinite.REJECT);
  }

  /**
   * This file, its floating tensors searched for NaN and infinities.
   *
   * @param policy what to do about the first one, whose tensor, element and value are named
   * @throws FormatException if there is one and the policy is {@link NonFinite#REJECT}
   */
  public TensorFile check(NonFinite policy) throws FormatException {
    if (policy == NonFinite.ALLOW) {
      return this;
    }
    for (Map.Entry<String, StoredTensor> entry : tensors.entrySet()) {
      if (entry.getValue().content() instanceof Tensor t && t.dtype() != DType.I32) {
        int at = firstNonFinite(t);
        if (at >= 0) {
          tell(policy, nonFinite(entry.getKey(), t, at));
          return this;
        }
      }
    }
    return this;
  }

  private static void tell(NonFinite policy, String message) throws FormatException {
    if (policy == NonFinite.REJECT) {
      throw new FormatException(message);
    }
    System.Logger log = System.getLogger("limbeck.engine.io"); // late: it costs milliseconds
    log.log(System.Logger.Level.WARNING, "{0}", message);
  }

  /** The first element that is NaN or infinite; −1 if none is. */
  static int firstNonFinite(Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      int at = t.offset() + i;
      boolean finite =
          t.dtype() == DType.F32
              ? Float.isFinite(t.floats()[at])
              : t.dtype() == DType.I32 || Double.isFinite(t.doubles()[at]);
      if (!finite) {
        return i;
      }
    }
    return -1;
  }

  private String nonFinite(String name, Tensor t, int at) {
    return source
        + ": tensor "
        + FormatException.quote(name)
        + " has "
        + t.get(at)
        + " at element "
        + at
        + " of "
        + t.shape();
  }

  /** This file without one metadata entry. */
  TensorFile without(String key) {
    Map<String, String> rest = new LinkedHashMap<>(metadata);
    rest.remove(key);
    return new TensorFile(source, Collections.unmodifiableMap(rest), tensors);
  }

  /** This file with other tensors under some names, and without some. */
  TensorFile with(Map<String, Tensor> other, Collection<String> dropped) {
    Map<String, StoredTensor> changed = new LinkedHashMap<>(tensors);
    changed.keySet().removeAll(new HashSet<>(dropped));
    for (Map.Entry<String, Tensor> entry : other.entrySet()) {
      Tensor t = entry.getValue();
      StoredType type = tensors.get(entry.getKey()).type();
      changed.put(entry.getKey(), new StoredTensor(type, t.shape(), t));
    }
    return new TensorFile(source, metadata, changed);
  }

  /** What errors begin with. */
  String source() {
    return source;
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

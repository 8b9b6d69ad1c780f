package limbeck.autograd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * All parameters of a model in one flat array, and their gradients in another. An optimizer's step
 * is one loop over each maximal range, a norm one reduction, a checkpoint one write. Parameters
 * start at multiples of 16 elements; the gaps hold zeros in both arrays.
 */
public final class ParameterStore {
  private static final int ALIGNMENT = 16;

  private final Map<String, Parameter> parameters;
  private final Tensor values;
  private final Tensor gradients;
  private long version;

  /** Lays out parameters by path, in the order given, in a floating type. */
  ParameterStore(Map<String, Parameter> byPath, DType type) {
    parameters = new LinkedHashMap<>(byPath);
    int size = 0;
    for (Parameter p : parameters.values()) {
      size = Math.addExact(size, padded(p.shape().size()));
    }
    values = Tensor.zeros(type, Shape.of(size));
    gradients = Tensor.zeros(type, Shape.of(size));
    int offset = 0;
    for (Parameter p : parameters.values()) {
      int end = offset + p.shape().size();
      p.bind(
          this,
          offset,
          values.slice(offset, end).reshape(p.shape()),
          gradients.slice(offset, end).reshape(p.shape()));
      offset += padded(p.shape().size());
    }
  }

  private static int padded(int size) {
    return Math.addExact(size, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Draws all parameters anew; a parameter's numbers depend on the seed and its path alone. */
  void init(long seed) {
    parameters.forEach((path, p) -> p.init().fill(p.value(), new Philox(seed, Streams.of(path))));
    changed();
  }

  /** The parameters by path, in layout order. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** All values, flat. Whoever writes to them calls {@link #changed()}. */
  public Tensor values() {
    return values;
  }

  /**
   * All gradients, flat; meaningful only for parameters whose {@link Parameter#gradient()} is not
   * null.
   */
  public Tensor gradients() {
    return gradients;
  }

  /** The numbers learned: the sizes of all parameters. */
  public long count() {
    return parameters.values().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /** How often the values have changed. */
  public long version() {
    return version;
  }

  /** Notes that values have changed. */
  public void changed() {
    version++;
  }

  /** Marks all gradients empty: the next backward overwrites instead of adding. */
  public void clearGradients() {
    for (Parameter p : parameters.values()) {
      p.setGradient(null);
    }
  }

  /**
   * The maximal ranges [from, to) of neighbouring parameters that have a gradient and are not
   * frozen, flat as from, to, from, to …
   */
  public int[] activeRanges() {
    List<Integer> ranges = new ArrayList<>();
    for (Parameter p : parameters.values()) {
      if (p.frozen() || p.gradient() == null) {
        continue;
      }
      int end = p.offset() + padded(p.shape().size());
      if (!ranges.isEmpty() && ranges.get(ranges.size() - 1) == p.offset()) {
        ranges.set(ranges.size() - 1, end);
      } else {
        ranges.add(p.offset());
        ranges.add(end);
      }
    }
    return ranges.stream().mapToInt(Integer::intValue).toArray();
  }
}

package limbeck.autograd;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * All parameters of a model in one flat array, and their gradients in another. An optimizer's step
 * is one loop over each maximal range, a norm one reduction, a checkpoint one write. Parameters
 * start at multiples of {@value #ALIGNMENT} elements; the gaps hold zeros in both arrays, and
 * optimizers keep them so.
 */
public final class ParameterStore {
  /** A cache line of floats. */
  static final int ALIGNMENT = 16;

  private final Map<String, Parameter> byPath;
  private final Parameter[] inOrder;
  private final Tensor values;
  private Tensor gradients;
  private long version;

  /** Lays out parameters by path, in the order given, in a floating type. */
  ParameterStore(Map<String, Parameter> parameters, DType type) {
    if (!type.isFloating()) {
      throw new ShapeException("parameters: " + type + " is no type to learn in; use F32 or F64");
    }
    byPath = new LinkedHashMap<>(parameters);
    inOrder = byPath.values().toArray(new Parameter[0]);
    Shape flat = Shape.of(totalSize());
    values = Tensor.zeros(type, flat);
    int offset = 0;
    for (Map.Entry<String, Parameter> e : byPath.entrySet()) {
      Parameter p = e.getValue();
      p.bind(e.getKey(), this, offset, piece(values, offset, p));
      offset = end(p);
    }
  }

  private int totalSize() {
    long size = 0;
    for (Parameter p : inOrder) {
      size += padded(p.shape().size());
    }
    if (size > Integer.MAX_VALUE) {
      throw new ShapeException(
          "parameters: " + size + " numbers, at most " + Integer.MAX_VALUE + " fit one model");
    }
    return (int) size;
  }

  private static Tensor piece(Tensor flat, int offset, Parameter p) {
    return flat.slice(offset, offset + p.shape().size()).reshape(p.shape());
  }

  private static long padded(int size) {
    return (size + (ALIGNMENT - 1L)) / ALIGNMENT * ALIGNMENT;
  }

  /** Where the gap after a parameter ends, and the next begins. */
  private static int end(Parameter p) {
    return p.offset() + (int) padded(p.shape().size());
  }

  /** Draws all parameters anew; a parameter's numbers depend on the seed and its path alone. */
  public void init(long seed) {
    requireCurrent();
    byPath.forEach((path, p) -> p.init().fill(p.value(), new Philox(seed, Streams.of(path))));
    clearGradients();
    changed();
  }

  /** The parameters by path, in layout order. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(byPath);
  }

  /** All values, flat. Whoever writes to them calls {@link #changed()}. */
  public Tensor values() {
    return values;
  }

  /**
   * All gradients, flat; meaningful only for parameters whose {@link Parameter#gradient()} is not
   * null. Whoever writes to them calls {@link Parameter#gradientWritten()} of the parameters
   * concerned. Their memory is taken when somebody asks for it first: a model that is never trained
   * has none.
   */
  public Tensor gradients() {
    if (gradients == null) {
      gradients = Tensor.zeros(values.dtype(), values.shape());
    }
    return gradients;
  }

  /** Where a parameter's gradient is written. */
  Tensor gradientOf(Parameter p) {
    return piece(gradients(), p.offset(), p);
  }

  /**
   * The parameters' pieces of a flat tensor, by path: views.
   *
   * @param flat laid out as {@link #values()} is, such as an optimizer's state
   */
  public Map<String, Tensor> pieces(Tensor flat) {
    Map<String, Tensor> pieces = new LinkedHashMap<>();
    byPath.forEach((path, p) -> pieces.put(path, piece(flat, p.offset(), p)));
    return pieces;
  }

  /** The numbers learned: the sizes of all parameters, gaps not counted. */
  public long count() {
    long count = 0;
    for (Parameter p : inOrder) {
      count += p.shape().size();
    }
    return count;
  }

  /**
   * How often the values have changed, or what is frozen: a tape compares it at backward with what
   * it was when recording.
   */
  public long version() {
    return version;
  }

  /** Notes that values have changed. */
  public void changed() {
    version++;
  }

  /** Marks all gradients empty: the next backward overwrites instead of adding. */
  public void clearGradients() {
    for (Parameter p : inOrder) {
      if (p.isBoundTo(this)) {
        p.setGradient(null);
      }
    }
  }

  /** Gives back the memory of gradients, which are empty then; the next backward takes it anew. */
  public void releaseGradients() {
    for (Parameter p : inOrder) {
      if (p.isBoundTo(this)) {
        p.releaseGradient();
      }
    }
    gradients = null;
  }

  /**
   * The maximal ranges [from, to) of neighbouring parameters that have a gradient and are not
   * frozen, flat as from, to, from, to …; each includes the gap after its last parameter.
   *
   * @throws IllegalStateException if parameters have left this store for a newer one
   */
  public int[] activeRanges() {
    boolean[] all = new boolean[inOrder.length];
    Arrays.fill(all, true);
    return activeRanges(all);
  }

  /**
   * As {@link #activeRanges()}, of some parameters alone.
   *
   * @param members for each parameter, in layout order, whether it is one of them
   */
  public int[] activeRanges(boolean[] members) {
    return ranges(members, true);
  }

  /**
   * As {@link #activeRanges(boolean[])}, without the parameters whose gradient is zero but in a few
   * rows: see {@link Parameter#touchedRows()}.
   */
  public int[] denseRanges(boolean[] members) {
    return ranges(members, false);
  }

  private int[] ranges(boolean[] members, boolean ofSparse) {
    requireCurrent();
    int[] ranges = new int[2 * inOrder.length];
    int n = 0;
    for (int i = 0; i < inOrder.length; i++) {
      Parameter p = inOrder[i];
      boolean active = members[i] && !p.frozen() && p.gradient() != null;
      if (!active || !ofSparse && p.touchedRows() != null) {
        continue;
      }
      if (n == 0 || ranges[n - 1] != p.offset()) {
        ranges[n] = p.offset();
        n += 2;
      }
      ranges[n - 1] = end(p);
    }
    return Arrays.copyOf(ranges, n);
  }

  /**
   * Checks that no later layout, of the same model or a larger one, has taken parameters away.
   *
   * @throws IllegalStateException if one has
   */
  public void requireCurrent() {
    for (Map.Entry<String, Parameter> e : byPath.entrySet()) {
      if (!e.getValue().isBoundTo(this)) {
        throw new IllegalStateException(
            "parameters: "
                + e.getKey()
                + " has moved to another store, because init or allocate was called again on this"
                + " model, or on one that shares it; take parameters() of the whole model, and make"
                + " the optimizer from them");
      }
    }
  }
}

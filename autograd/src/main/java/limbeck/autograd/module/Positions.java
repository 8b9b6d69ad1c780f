package limbeck.autograd.module;

import java.util.function.Supplier;
import limbeck.autograd.Buffer;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Tells steps of a sequence where they stand: adds to each step of x [batch, steps, width] the row
 * of a table [capacity, width] that belongs to its position. The table is {@link #learned}, or
 * {@link #sinusoidal}, which takes no parameter.
 */
public final class Positions extends Module {
  /** The wave lengths of sines go from 2π to this times 2π. */
  private static final double LONGEST = 10_000;

  private final Supplier<Var> table;

  private Positions(int width, int capacity, Init initOrNull) {
    if (width < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "positions: " + capacity + " positions of width " + width + ", 1 each at least");
    }
    Shape shape = Shape.of(capacity, width);
    if (initOrNull == null) {
      Buffer sines = constant("table", shape, Positions::fillSines);
      table = sines::constant;
    } else {
      Parameter weight = parameter("weight", shape, initOrNull);
      table = () -> weight;
    }
  }

  /**
   * A table of parameters {@code weight} [capacity, width], normal with deviation 0.02 at first, as
   * in BERT (Devlin et al. 2019, arXiv:1810.04805).
   *
   * @throws IllegalArgumentException if width or capacity is below 1
   */
  public static Positions learned(int width, int capacity) {
    return learned(width, capacity, Init.normal(0.02));
  }

  /**
   * A table of parameters with an initialiser of one's choice.
   *
   * @throws IllegalArgumentException if width or capacity is below 1
   */
  public static Positions learned(int width, int capacity, Init init) {
    return new Positions(width, capacity, init);
  }

  /**
   * Sines and cosines of position t: element 2·i is sin(t / 10000^(2·i/width)), element 2·i + 1 the
   * cosine of the same. Vaswani et al. 2017, arXiv:1706.03762, section 3.5. Computed in double,
   * then rounded; no part of the model's state.
   *
   * @throws IllegalArgumentException if width or capacity is below 1
   */
  public static Positions sinusoidal(int width, int capacity) {
    return new Positions(width, capacity, null);
  }

  /**
   * Initial values for a table that is {@link #learned}: those of {@link #sinusoidal} times {@code
   * scale}. Steps near each other begin with similar rows, so that attention to neighbours is found
   * early.
   */
  public static Init sines(double scale) {
    return (t, random) -> {
      fillSines(t);
      for (int i = 0; i < t.size(); i++) {
        t.set(i, scale * t.get(i));
      }
    };
  }

  private static void fillSines(Tensor table) {
    int width = table.shape().last();
    for (int i = 0; i < table.size(); i++) {
      int position = i / width;
      int column = i % width;
      double angle = position / StrictMath.pow(LONGEST, (column - column % 2) / (double) width);
      table.set(i, column % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }
  }

  /** Steps from position 0 on. */
  @Override
  public Var forward(Var x) {
    return forward(x, 0);
  }

  /**
   * Steps from position {@code first} on, as in decoding: the length of the cache.
   *
   * @throws limbeck.engine.tensor.ShapeException if the table is too short
   */
  public Var forward(Var x, int first) {
    return x.apply(new AddPositions(first), table.get());
  }
}

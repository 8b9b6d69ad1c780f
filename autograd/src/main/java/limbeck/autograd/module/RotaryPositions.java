package limbeck.autograd.module;

import limbeck.autograd.Buffer;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.nn.RotatePositions;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Tells steps of a sequence where they stand by turning them: queries and keys x […, steps, width]
 * of a head, before their scalar products, which then know how far two steps are apart and nothing
 * else of where they are. The pair i of position t is turned by t / base^(2·i/width). Tables are
 * computed in double, then rounded; no part of the model's state. See {@link RotatePositions}; Su
 * et al. 2021, arXiv:2104.09864.
 */
public final class RotaryPositions extends Module {
  private final Buffer cosines;
  private final Buffer sines;

  /**
   * Positions with base 10,000, as in the paper.
   *
   * @param width of a head, even
   * @param capacity how many positions there are
   * @throws IllegalArgumentException if the width is odd or one of them below 1
   */
  public RotaryPositions(int width, int capacity) {
    this(width, capacity, 10_000);
  }

  /**
   * Positions with a base of one's choice; larger ones are for longer texts.
   *
   * @throws IllegalArgumentException if the width is odd, or a setting below 1
   */
  public RotaryPositions(int width, int capacity, double base) {
    if (width < 2 || width % 2 != 0 || capacity < 1 || !(base >= 1)) {
      throw new IllegalArgumentException(
          "rotaryPositions: "
              + capacity
              + " positions of width "
              + width
              + " with base "
              + base
              + "; an even width, and 1 each at least");
    }
    Shape shape = Shape.of(capacity, width / 2);
    cosines = constant("cosines", shape, t -> fill(t, base, false));
    sines = constant("sines", shape, t -> fill(t, base, true));
  }

  private static void fill(Tensor table, double base, boolean sine) {
    int half = table.shape().last();
    for (int i = 0; i < table.size(); i++) {
      int position = i / half;
      double angle = position / StrictMath.pow(base, i % half / (double) half);
      table.set(i, sine ? StrictMath.sin(angle) : StrictMath.cos(angle));
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
   * @throws limbeck.engine.tensor.ShapeException if the tables are too short
   */
  public Var forward(Var x, int first) {
    return x.apply(new RotatePositions(first), cosines.constant(), sines.constant());
  }
}

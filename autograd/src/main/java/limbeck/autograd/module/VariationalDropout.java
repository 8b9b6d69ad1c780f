package limbeck.autograd.module;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/**
 * Dropout whose decision is the same at all steps of a sequence: zeroes elements of the width of x
 * [batch, time, width] at random in training and scales up the others, and does nothing in
 * evaluation. Also called locked dropout. Gal and Ghahramani 2016, arXiv:1512.05287, section 4.
 */
public final class VariationalDropout extends SharedDropout {
  /**
   * A layer that zeroes with probability {@code rate}.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public VariationalDropout(double rate) {
    super(rate);
  }

  @Override
  Shape decisions(Shape x) {
    if (x.rank() != 3) {
      throw new ShapeException("variationalDropout: x " + x + " is no [batch, time, width]");
    }
    return x.with(1, 1);
  }
}

package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.tensor.Shape;

/**
 * Root mean square norm over the last axis: y[…, n] = weight ⊙ x / √(mean of x² + ε), with a
 * parameter {@code weight} [n], at first ones: layer norm without the mean. Zhang and Sennrich
 * 2019, arXiv:1910.07467.
 */
public final class RmsNorm extends Module {
  private final double epsilon;
  private final Parameter weight;

  /** A layer for rows of {@code n}, with ε = 1e−6. */
  public RmsNorm(int n) {
    this(n, 1e-6);
  }

  /**
   * A layer for rows of {@code n}.
   *
   * @throws IllegalArgumentException if n is below 1, or ε not above 0
   */
  public RmsNorm(int n, double epsilon) {
    if (n < 1) {
      throw new IllegalArgumentException("rmsNorm: rows of " + n + " elements, 1 at least");
    }
    this.epsilon = GroupNorm.aboveZero("rmsNorm", epsilon);
    weight = parameter("weight", Shape.of(n), Init.constant(1));
  }

  @Override
  public Var forward(Var x) {
    Var square = x.times(x).apply(new Mean(List.of(-1), true));
    return x.times(square.plus(epsilon).apply(new Rsqrt())).times(weight);
  }
}

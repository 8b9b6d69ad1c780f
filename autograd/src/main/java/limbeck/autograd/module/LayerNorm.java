package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/**
 * Layer norm over the last axis: y[…, n] = weight ⊙ (x − μ)/√(σ² + ε) + bias, μ and σ² being mean
 * and variance of a row; with parameters {@code weight} [n], at first ones, and {@code bias} [n],
 * at first zeros. See {@link limbeck.engine.op.nn.LayerNorm}.
 */
public final class LayerNorm extends Module {
  /** What is added to the variance unless one says otherwise. */
  public static final double EPSILON = 1e-5;

  private final limbeck.engine.op.nn.LayerNorm op;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A layer for rows of {@code n}, with ε = {@value #EPSILON}.
   *
   * @throws IllegalArgumentException if n is below 1
   */
  public LayerNorm(int n) {
    this(n, EPSILON);
  }

  /**
   * A layer for rows of {@code n}.
   *
   * @throws IllegalArgumentException if n is below 1, or ε not above 0
   */
  public LayerNorm(int n, double epsilon) {
    if (n < 1) {
      throw new IllegalArgumentException("layerNorm: rows of " + n + " elements, 1 at least");
    }
    op = new limbeck.engine.op.nn.LayerNorm(epsilon);
    weight = parameter("weight", Shape.of(n), Init.constant(1));
    bias = parameter("bias", Shape.of(n), Init.constant(0));
  }

  /** The factors γ [n]. */
  public Parameter weight() {
    return weight;
  }

  /** The shifts β [n]. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op, weight, bias);
  }
}

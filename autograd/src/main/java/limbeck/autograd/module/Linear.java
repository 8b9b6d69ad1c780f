package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/**
 * Affine layer: y[…, out] = x[…, in] · weightᵀ + bias, with parameters {@code weight} [out, in] and
 * {@code bias} [out].
 */
public final class Linear extends Module {
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A layer whose weights and biases start uniform in ±1/√in.
   *
   * @throws IllegalArgumentException if there are no inputs or no outputs
   */
  public Linear(int in, int out) {
    this(in, out, uniform(in), uniform(in));
  }

  /**
   * A layer with initialisers of one's choice.
   *
   * @throws IllegalArgumentException if there are no inputs or no outputs
   */
  public Linear(int in, int out, Init weightInit, Init biasInit) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "linear: " + in + " inputs and " + out + " outputs, 1 each at least");
    }
    weight = parameter("weight", Shape.of(out, in), weightInit);
    bias = parameter("bias", Shape.of(out), biasInit);
  }

  private static Init uniform(int in) {
    return Init.uniform(1 / StrictMath.sqrt(Math.max(1, in)));
  }

  /** The weights [out, in]: row r holds the incoming weights of unit r. */
  public Parameter weight() {
    return weight;
  }

  /** The biases [out]. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public Var forward(Var x) {
    return x.apply(new limbeck.engine.op.Linear(), weight, bias);
  }
}

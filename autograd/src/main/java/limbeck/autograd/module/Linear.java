package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/** Affine layer: y = x · weightᵀ + bias, with weight [out, in] and bias [out]. */
public final class Linear extends Module {
  private final Parameter weight;
  private final Parameter bias;

  /** A layer whose weights and biases start uniform in ±1/√in. */
  public Linear(int in, int out) {
    this(in, out, Init.uniform(1 / StrictMath.sqrt(in)), Init.uniform(1 / StrictMath.sqrt(in)));
  }

  /** A layer with initialisers of one's choice. */
  public Linear(int in, int out, Init weightInit, Init biasInit) {
    weight = parameter("weight", Shape.of(out, in), weightInit);
    bias = parameter("bias", Shape.of(out), biasInit);
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

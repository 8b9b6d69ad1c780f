package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Tanh;

/** A layer without parameters that applies a function to each element. */
public final class Activation extends Module {
  private final ElementwiseOp op;

  private Activation(ElementwiseOp op) {
    this.op = op;
  }

  /** Rectified linear unit, max(x, 0). */
  public static Activation relu() {
    return new Activation(new Relu());
  }

  /** Hyperbolic tangent, tanh x. */
  public static Activation tanh() {
    return new Activation(new Tanh());
  }

  /** Logistic function, 1 / (1 + e⁻ˣ). */
  public static Activation sigmoid() {
    return new Activation(new Sigmoid());
  }

  /** Gaussian error linear unit in its exact form, x · Φ(x). */
  public static Activation gelu() {
    return new Activation(new Gelu());
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

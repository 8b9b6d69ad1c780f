package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Elu;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.HardSigmoid;
import limbeck.engine.op.HardSwish;
import limbeck.engine.op.LeakyRelu;
import limbeck.engine.op.Mish;
import limbeck.engine.op.Relu;
import limbeck.engine.op.Sigmoid;
import limbeck.engine.op.Silu;
import limbeck.engine.op.Softplus;
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

  /** Gaussian error linear unit in its form by tanh, ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
  public static Activation geluTanh() {
    return new Activation(new GeluTanh());
  }

  /** Sigmoid linear unit, x / (1 + e⁻ˣ). */
  public static Activation silu() {
    return new Activation(new Silu());
  }

  /** Softplus, ln(1 + eˣ). */
  public static Activation softplus() {
    return new Activation(new Softplus());
  }

  /**
   * Leaky rectified linear unit, x where x > 0, else slope · x.
   *
   * @throws IllegalArgumentException if the slope is not finite as a float
   */
  public static Activation leakyRelu(double slope) {
    return new Activation(new LeakyRelu(slope));
  }

  /** Lines in place of the logistic function, x/6 + 1/2 within 0 and 1. */
  public static Activation hardSigmoid() {
    return new Activation(new HardSigmoid());
  }

  /** Hard swish, x · min(max(x/6 + 1/2, 0), 1). */
  public static Activation hardSwish() {
    return new Activation(new HardSwish());
  }

  /** Hard hyperbolic tangent, x within −1 and 1. */
  public static Activation hardTanh() {
    return new Activation(new Clamp(-1, 1));
  }

  /** Rectified linear unit that ends at 6, x within 0 and 6. */
  public static Activation relu6() {
    return new Activation(new Clamp(0, 6));
  }

  /**
   * Exponential linear unit, x where x > 0, else alpha · (eˣ − 1).
   *
   * @throws IllegalArgumentException if alpha is not finite as a float
   */
  public static Activation elu(double alpha) {
    return new Activation(new Elu(alpha));
  }

  /** Mish, x · tanh(ln(1 + eˣ)). */
  public static Activation mish() {
    return new Activation(new Mish());
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Gelu;
import limbeck.engine.op.GeluTanh;
import limbeck.engine.op.LeakyRelu;
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

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

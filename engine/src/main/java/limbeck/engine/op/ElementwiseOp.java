package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op of one operand that treats each element by itself. The result has the operand's shape. Two
 * operands: {@link BroadcastOp}.
 */
public sealed interface ElementwiseOp extends Op, Piecewise, OpContext.ForwardPass
    permits Scale,
        Shift,
        Relu,
        LeakyRelu,
        Tanh,
        Sigmoid,
        Gelu,
        GeluTanh,
        Silu,
        Softplus,
        Exp,
        Log,
        Sqrt,
        Abs,
        Clamp,
        HardSigmoid,
        HardSwish,
        Elu,
        Mish,
        Rsqrt,
        Erf,
        Sin,
        Cos,
        Pow,
        Round {

  /**
   * The one without settings that has this name, for programs; null if there is none. It loads that
   * class alone: where cases were expressions, the verifier would load all of them.
   */
  static ElementwiseOp named(String name) {
    switch (name) {
      case "relu":
        return new Relu();
      case "tanh":
        return new Tanh();
      case "sigmoid":
        return new Sigmoid();
      case "gelu":
        return new Gelu();
      case "geluTanh":
        return new GeluTanh();
      case "silu":
        return new Silu();
      case "softplus":
        return new Softplus();
      case "exp":
        return new Exp();
      case "log":
        return new Log();
      case "sqrt":
        return new Sqrt();
      case "abs":
        return new Abs();
      case "hardSigmoid":
        return new HardSigmoid();
      case "hardSwish":
        return new HardSwish();
      case "mish":
        return new Mish();
      case "rsqrt":
        return new Rsqrt();
      case "erf":
        return new Erf();
      case "sin":
        return new Sin();
      case "cos":
        return new Cos();
      default:
        return null;
    }
  }

  /** Elementary operations per element, roughly: decides how much work makes a chunk. */
  int cost();

  @Override
  default boolean isPiecewise(int k, Shape... in) {
    return true;
  }

  /** Backward for elements {@code i} to {@code i + n}. */
  void backward(Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n);

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return in[0];
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.size(), cost(), in, out);
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    forward(c.rows(out), in, out, from, to - from);
  }

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.size(), cost(), (from, to) -> backward(r, in, out, gradOut, gradIn, from, to - from));
  }
}

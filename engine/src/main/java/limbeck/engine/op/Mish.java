package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Mish: y = x · tanh(ln(1 + eˣ)). Misra 2019, arXiv:1908.08681. With e = eˣ and q = e·(e + 2) the
 * hyperbolic tangent is q / (q + 2), without logarithm or cancellation.
 */
public record Mish() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("mish").operand("x", "...").domain(-6, 6).onnx("Mish", 18);

  @Override
  public int cost() {
    return 18;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.mish(in[0], i, out, i, n);
  }

  /** dx = dy · (t + x · σ(x) · (1 − t²)), t = tanh(ln(1 + eˣ)) and σ the logistic function. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.mishGrad(in[0], i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Gaussian error linear unit, exact form: y = x·Φ(x). Hendrycks and Gimpel 2016, arXiv:1606.08415.
 */
public record Gelu() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("gelu").operand("x", "...").domain(-6, 6).onnx("Gelu", 20);

  @Override
  public int cost() {
    return 24;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.gelu(in[0], i, out, i, n);
  }

  /** dx = dy · (Φ(x) + x·φ(x)), with Φ and φ the normal distribution and density. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.geluGrad(in[0], i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

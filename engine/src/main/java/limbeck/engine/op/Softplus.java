package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Softplus, a smooth rectifier: y = ln(1 + eˣ). It is eˣ far below 0 and x far above, without
 * overflow. Dugas et al. 2001.
 */
public record Softplus() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("softplus").operand("x", "...").domain(-6, 6).onnx("Softplus", 1);

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.softplus(in[0], i, out, i, n);
  }

  /** dx = dy / (1 + e⁻ˣ). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.sigmoid(in[0], i, gradIn[0], i, n);
    r.mul(gradOut, i, gradIn[0], i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

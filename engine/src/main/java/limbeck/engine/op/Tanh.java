package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Hyperbolic tangent: y = tanh x. */
public record Tanh() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("tanh").operand("x", "...").domain(-4, 4).onnx("Tanh", 6);

  @Override
  public int cost() {
    return 12;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.tanh(in[0], i, out, i, n);
  }

  /** dx = dy · (1 − y²). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.tanhGrad(out, i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

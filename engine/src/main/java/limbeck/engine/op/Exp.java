package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Exponential function: y = eˣ. */
public record Exp() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("exp").operand("x", "...").domain(-4, 4).onnx("Exp", 6);

  @Override
  public int cost() {
    return 10;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.exp(in[0], i, out, i, n);
  }

  /** dx = dy · y. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.mul(gradOut, i, out, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

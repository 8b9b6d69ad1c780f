package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Absolute value: y = |x|, +0 for zeros of either sign. The gradient at 0 is 0. */
public record Abs() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("abs").operand("x", "...").domain(-3, 3).kink(0).onnx("Abs", 6);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.leakyRelu(in[0], i, -1, in[0], i, out, i, n);
    r.addScalar(out, i, 0, out, i, n); // −0 becomes +0
  }

  /** dx = dy where x is above 0, −dy where it is below, else 0. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.leakyRelu(in[0], i, -1, gradOut, i, gradIn[0], i, n);
    r.reluGrad(out, i, gradIn[0], i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

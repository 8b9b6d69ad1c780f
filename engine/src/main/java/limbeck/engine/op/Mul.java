package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Elementwise product of two tensors of one shape: y = a · b. */
public record Mul() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("mul").operand("a", "...").operand("b", "...").onnx("Mul", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.mul(in[0], i, in[1], i, out, i, n);
  }

  /** da = dy · b, db = dy · a. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    if (gradIn[0] != null) {
      r.mul(gradOut, i, in[1], i, gradIn[0], i, n);
    }
    if (gradIn[1] != null) {
      r.mul(gradOut, i, in[0], i, gradIn[1], i, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

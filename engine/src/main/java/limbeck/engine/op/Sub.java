package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Difference of two tensors of one shape: y = a − b. */
public record Sub() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("sub").operand("a", "...").operand("b", "...").onnx("Sub", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.sub(in[0], i, in[1], i, out, i, n);
  }

  /** da = dy, db = −dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    if (gradIn[0] != null) {
      r.copy(gradOut, i, gradIn[0], i, n);
    }
    if (gradIn[1] != null) {
      r.scale(gradOut, i, -1, gradIn[1], i, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

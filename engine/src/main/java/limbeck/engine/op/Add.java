package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Sum of two tensors of one shape: y = a + b. */
public record Add() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("add").operand("a", "...").operand("b", "...").onnx("Add", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.add(in[0], i, in[1], i, out, i, n);
  }

  /** da = db = dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    for (Tensor d : gradIn) {
      if (d != null) {
        r.copy(gradOut, i, d, i, n);
      }
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

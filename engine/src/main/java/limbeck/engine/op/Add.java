package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Sum, with broadcasting: y = a + b. */
public record Add() implements BroadcastOp {
  private static final OpSpec SPEC =
      OpSpec.of("add").operand("a", "...").operand("b", "...").onnx("Add", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    r.add(a, i, b, j, y, k, n);
  }

  /** da = db = dy. */
  @Override
  public void backward(
      Rows r,
      int operand,
      Tensor a,
      int i,
      Tensor b,
      int j,
      Tensor y,
      Tensor dy,
      Tensor d,
      int k,
      int n) {
    r.copy(dy, k, d, k, n);
  }

  @Override
  public boolean passesGradient(int operand) {
    return true;
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

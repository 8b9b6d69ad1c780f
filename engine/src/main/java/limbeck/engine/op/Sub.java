package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Difference, with broadcasting: y = a − b. */
public record Sub() implements BroadcastOp {
  private static final OpSpec SPEC =
      OpSpec.of("sub").operand("a", "...").operand("b", "...").onnx("Sub", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    r.sub(a, i, b, j, y, k, n);
  }

  /** da = dy, db = −dy. */
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
    if (operand == 0) {
      r.copy(dy, k, d, k, n);
    } else {
      r.scale(dy, k, -1, d, k, n);
    }
  }

  @Override
  public boolean passesGradient(int operand) {
    return operand == 0;
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

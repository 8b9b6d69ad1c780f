package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Elementwise product, with broadcasting: y = a · b. */
public record Mul() implements BroadcastOp {
  private static final OpSpec SPEC =
      OpSpec.of("mul").operand("a", "...").operand("b", "...").onnx("Mul", 7);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    r.mul(a, i, b, j, y, k, n);
  }

  /** da = dy · b, db = dy · a. */
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
      r.mul(dy, k, b, j, d, k, n);
    } else {
      r.mul(dy, k, a, i, d, k, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

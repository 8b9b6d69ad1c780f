package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Elementwise quotient, with broadcasting: y = a / b. */
public record Div() implements BroadcastOp {
  private static final OpSpec SPEC =
      OpSpec.of("div").operand("a", "...").operand("b", "...").domain(0.5, 2).onnx("Div", 7);

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    r.div(a, i, b, j, y, k, n);
  }

  /** da = dy / b, db = −dy · (y / b). */
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
      r.div(dy, k, b, j, d, k, n);
    } else {
      r.div(y, k, b, j, d, k, n);
      r.mul(dy, k, d, k, d, k, n);
      r.scale(d, k, -1, d, k, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

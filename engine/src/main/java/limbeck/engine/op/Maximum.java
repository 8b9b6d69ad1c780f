package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** The larger of two elements, with broadcasting: y = max(a, b); NaN if one of them is. */
public record Maximum() implements BroadcastOp {
  private static final OpSpec SPEC =
      OpSpec.of("maximum").operand("a", "...").operand("b", "...").onnx("Max", 8);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    r.maximum(a, i, b, j, y, k, n);
  }

  /** The larger one receives dy, and of equal ones each half of it, as in other frameworks. */
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
      r.maximumGrad(a, i, b, j, dy, k, d, k, n);
    } else {
      r.maximumGrad(b, j, a, i, dy, k, d, k, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Softmax of rows, written once over row loops. {@code scale} is one over the temperature. */
public final class SoftmaxKernel {
  private SoftmaxKernel() {}

  /** y = softmax(scale · x) for rows {@code from} to {@code to}. */
  public static void forward(Rows r, Tensor x, double scale, Tensor y, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      r.scale(x, i, scale, y, i, n);
      normalize(r, y, i, n);
    }
  }

  /** y = softmax(y) of one row. */
  static void normalize(Rows r, Tensor y, int i, int n) {
    double max = r.max(y, i, n); // keeps exp in range; cancels in the quotient
    r.expMinus(y, i, max, y, i, n);
    r.scale(y, i, 1 / r.sum(y, i, n), y, i, n);
  }

  /** dx = scale · (y ⊙ (dy − ⟨y, dy⟩)) for rows {@code from} to {@code to}. */
  public static void backward(
      Rows r, Tensor y, double scale, Tensor dy, Tensor dx, int from, int to) {
    int n = y.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      double inner = r.dot(y, i, dy, i, n);
      r.mulSubScalar(y, i, dy, i, inner, dx, i, n);
      r.scale(dx, i, scale, dx, i, n);
    }
  }
}

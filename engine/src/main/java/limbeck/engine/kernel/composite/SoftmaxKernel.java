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
      r.softmax(x, row * n, scale, y, row * n, n);
    }
  }

  /** dx = scale · (y ⊙ (dy − ⟨y, dy⟩)) for rows {@code from} to {@code to}. */
  public static void backward(
      Rows r, Tensor y, double scale, Tensor dy, Tensor dx, int from, int to) {
    int n = y.shape().last();
    for (int row = from; row < to; row++) {
      r.softmaxGrad(y, row * n, dy, row * n, scale, dx, row * n, n);
    }
  }
}

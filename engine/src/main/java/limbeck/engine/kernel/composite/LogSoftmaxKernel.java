package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Log-softmax of rows, written once over row loops. {@code scale} is one over the temperature. */
public final class LogSoftmaxKernel {
  private LogSoftmaxKernel() {}

  /**
   * y = scale·x − ln Σ e^(scale·x) for rows {@code from} to {@code to}. Rows of length 0 are left
   * alone.
   */
  public static void forward(Rows r, Tensor x, double scale, Tensor y, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to && n > 0; row++) {
      int i = row * n;
      r.scale(x, i, scale, y, i, n);
      normalize(r, x, scale, y, i, n);
    }
  }

  /** y = scale·x − ln Σ e^y of one row, whose y is scale·x, or −∞ where it does not count. */
  static void normalize(Rows r, Tensor x, double scale, Tensor y, int i, int n) {
    double max = r.max(y, i, n);
    r.expMinus(y, i, max, y, i, n);
    double sum = r.sum(y, i, n);
    r.fill(sum, y, i, 1); // y is rewritten below; its first element carries the sum through log
    r.log(y, i, y, i, 1);
    double log = y.get(i);
    r.scale(x, i, scale, y, i, n);
    r.addScalar(y, i, -max, y, i, n);
    r.addScalar(y, i, -log, y, i, n);
  }

  /** dx = scale · (dy − e^y · Σ dy) for rows {@code from} to {@code to}. */
  public static void backward(
      Rows r, Tensor y, double scale, Tensor dy, Tensor dx, int from, int to) {
    int n = y.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      gradient(r, y, scale, r.sum(dy, i, n), dy, dx, i, n);
    }
  }

  /** dx = scale · (dy − e^y · sum) of one row. */
  static void gradient(
      Rows r, Tensor y, double scale, double sum, Tensor dy, Tensor dx, int i, int n) {
    r.exp(y, i, dx, i, n);
    r.scale(dx, i, -sum, dx, i, n);
    r.add(dy, i, dx, i, dx, i, n);
    r.scale(dx, i, scale, dx, i, n);
  }
}

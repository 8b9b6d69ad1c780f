package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Maxima of 2 × 2 squares and their gradients in plain loops over doubles. */
interface DoubleSquares extends Rows {
  @Override
  default void maxOfSquares(Tensor x, int i, int width, Tensor y, int j, int rows) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int columns = width / 2;
    for (int row = 0; row < rows; row++) {
      int p = x.offset() + i + 2 * row * width;
      int q = y.offset() + j + row * columns;
      for (int t = 0; t < columns; t++, p += 2) {
        ys[q + t] =
            Math.max(Math.max(xs[p], xs[p + 1]), Math.max(xs[p + width], xs[p + width + 1]));
      }
    }
  }

  @Override
  default void maxOfSquaresGrad(
      Tensor x, int i, int width, Tensor dy, int j, Tensor dx, int k, int rows) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int columns = width / 2;
    for (int row = 0; row < rows; row++) {
      int p = x.offset() + i + 2 * row * width;
      int q = dy.offset() + j + row * columns;
      int to = dx.offset() + k + 2 * row * width;
      for (int t = 0; t < columns; t++, p += 2, to += 2) {
        int first = first(xs[p], xs[p + 1], xs[p + width], xs[p + width + 1]);
        double d = dys[q + t] + 0;
        dxs[to] = first == 0 ? d : 0;
        dxs[to + 1] = first == 1 ? d : 0;
        dxs[to + width] = first == 2 ? d : 0;
        dxs[to + width + 1] = first == 3 ? d : 0;
      }
    }
  }

  /** Number of the first that equals the largest, or is NaN. */
  private static int first(double a, double b, double c, double d) {
    double max = Math.max(Math.max(a, b), Math.max(c, d));
    if (a == max || Double.isNaN(a)) {
      return 0;
    }
    if (b == max || Double.isNaN(b)) {
      return 1;
    }
    return c == max || Double.isNaN(c) ? 2 : 3;
  }
}

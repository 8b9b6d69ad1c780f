package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Maxima of 2 × 2 squares and their gradients in plain loops over floats. */
interface ScalarSquares extends Rows {
  @Override
  default void maxOfSquares(Tensor x, int i, int width, Tensor y, int j, int rows) {
    float[] xs = x.floats();
    float[] ys = y.floats();
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
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int columns = width / 2;
    for (int row = 0; row < rows; row++) {
      int p = x.offset() + i + 2 * row * width;
      int q = dy.offset() + j + row * columns;
      int to = dx.offset() + k + 2 * row * width;
      for (int t = 0; t < columns; t++, p += 2, to += 2) {
        int first = first(xs[p], xs[p + 1], xs[p + width], xs[p + width + 1]);
        float d = dys[q + t] + 0;
        dxs[to] = first == 0 ? d : 0;
        dxs[to + 1] = first == 1 ? d : 0;
        dxs[to + width] = first == 2 ? d : 0;
        dxs[to + width + 1] = first == 3 ? d : 0;
      }
    }
  }

  /** Number of the first that equals the largest, or is NaN. */
  private static int first(float a, float b, float c, float d) {
    float max = Math.max(Math.max(a, b), Math.max(c, d));
    if (a == max || Float.isNaN(a)) {
      return 0;
    }
    if (b == max || Float.isNaN(b)) {
      return 1;
    }
    return c == max || Float.isNaN(c) ? 2 : 3;
  }
}

package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Softmax and its logarithm over the kept elements of rows, written once over row loops. Masks are
 * those of {@link RowMask}; {@code scale} is one over the temperature. With all elements kept, the
 * bits are those of {@link SoftmaxKernel} and {@link LogSoftmaxKernel}.
 */
public final class MaskedSoftmaxKernel {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private MaskedSoftmaxKernel() {}

  /**
   * y = softmax(scale · x) over the kept elements of rows {@code from} to {@code to}, +0 elsewhere;
   * a row with nothing kept is all +0.
   */
  public static void softmax(
      Rows r, Tensor x, double scale, Tensor mask, Tensor y, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      r.scale(x, i, scale, y, i, n);
      if (RowMask.hide(r, mask, x.shape(), row, NEVER, y, i, n) > 0) {
        r.softmax(y, i, 1, y, i, n);
      }
      RowMask.hide(r, mask, x.shape(), row, 0, y, i, n); // also where a kept NaN made all of it NaN
    }
  }

  /** dx = scale · (y ⊙ (dy − ⟨y, dy⟩)), with dy counted as 0 where y is left out. */
  public static void softmaxGradient(
      Rows r, Tensor y, double scale, Tensor mask, Tensor dy, Tensor dx, int from, int to) {
    int n = y.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      r.copy(dy, i, dx, i, n);
      RowMask.hide(r, mask, y.shape(), row, 0, dx, i, n);
      r.softmaxGrad(y, i, dx, i, scale, dx, i, n);
      RowMask.hide(r, mask, y.shape(), row, 0, dx, i, n); // also where a kept ∞ made all of it NaN
    }
  }

  /**
   * y = scale·x − ln Σ e^(scale·x) over the kept elements of rows {@code from} to {@code to}, −∞
   * elsewhere.
   */
  public static void logSoftmax(
      Rows r, Tensor x, double scale, Tensor mask, Tensor y, int from, int to) {
    int n = x.shape().last();
    for (int row = from; row < to; row++) {
      int i = row * n;
      r.scale(x, i, scale, y, i, n);
      if (RowMask.hide(r, mask, x.shape(), row, NEVER, y, i, n) > 0) {
        LogSoftmaxKernel.normalize(r, x, scale, y, i, n);
        RowMask.hide(r, mask, x.shape(), row, NEVER, y, i, n);
      }
    }
  }

  /** dx = scale · (dy − e^y · Σ dy), with dy counted as 0 where y is left out. */
  public static void logSoftmaxGradient(
      Rows r, Tensor y, double scale, Tensor mask, Tensor dy, Tensor dx, int from, int to) {
    int n = y.shape().last();
    Shape shape = y.shape();
    for (int row = from; row < to; row++) {
      int i = row * n;
      r.copy(dy, i, dx, i, n);
      RowMask.hide(r, mask, shape, row, 0, dx, i, n);
      double sum = r.sum(dx, i, n);
      LogSoftmaxKernel.gradient(r, y, scale, sum, dy, dx, i, n);
      RowMask.hide(r, mask, shape, row, 0, dx, i, n);
    }
  }
}

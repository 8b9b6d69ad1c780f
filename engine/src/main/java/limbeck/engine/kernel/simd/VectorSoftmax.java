package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.scalar.ScalarBlock.TERMS;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.S;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** The softmax of a row and its gradient, with fewer passes over the row than their definition. */
interface VectorSoftmax extends Rows {
  /**
   * The largest c·x is c times the largest x: rounding keeps the order of products with a finite c
   * above 0.
   */
  @Override
  default void softmax(Tensor x, int i, double c, Tensor y, int j, int n) {
    float factor = (float) c;
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    boolean room = (n & -16) + 16 <= ys.length - yj;
    if (n >= 16 && n <= TERMS && room && factor > 0 && factor < Float.POSITIVE_INFINITY) {
      float max = factor * SoftmaxLoops.max(xs, xi, n);
      scale(y, j, 1 / (double) SoftmaxLoops.expSum(xs, xi, factor, max, ys, yj, n), y, j, n);
    } else {
      Rows.super.softmax(x, i, c, y, j, n);
    }
  }

  @Override
  default void softmaxGrad(Tensor y, int i, Tensor dy, int j, double c, Tensor dx, int k, int n) {
    double inner = dot(y, i, dy, j, n);
    int whole = S.loopBound(n);
    if (whole > 0) {
      SoftmaxLoops.gradient(
          y.floats(),
          y.offset() + i,
          dy.floats(),
          dy.offset() + j,
          (float) inner,
          (float) c,
          dx.floats(),
          dx.offset() + k,
          whole);
    }
    TWIN.mulSubScalar(y, i + whole, dy, j + whole, inner, dx, k + whole, n - whole);
    TWIN.scale(dx, k + whole, c, dx, k + whole, n - whole);
  }
}

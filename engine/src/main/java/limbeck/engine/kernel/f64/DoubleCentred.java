package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Loops of normalisation over doubles. */
interface DoubleCentred extends Rows {
  @Override
  default double centredDot(Tensor a, int i, double ma, Tensor b, int j, double mb, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    double sum = 0;
    for (int t = 0; t < n; t++) {
      sum += (as[ai + t] - ma) * (bs[bj + t] - mb);
    }
    return sum;
  }

  @Override
  default void normalize(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = (xs[xi + t] - mean) * factor + shift;
    }
  }

  @Override
  default void normalizeRelu(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max((xs[xi + t] - mean) * factor + shift, 0);
    }
  }

  @Override
  default void normalizeAddRelu(
      Tensor x,
      int i,
      double mean,
      double factor,
      double shift,
      Tensor a,
      int k,
      Tensor y,
      int j,
      int n) {
    double[] xs = x.doubles();
    double[] as = a.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int ak = a.offset() + k;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max((xs[xi + t] - mean) * factor + shift + as[ak + t], 0);
    }
  }

  @Override
  default void normalizeGrad(
      Tensor x,
      int i,
      Tensor dy,
      int j,
      double mean,
      double b,
      double a,
      double factor,
      Tensor dx,
      int k,
      int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int yj = dy.offset() + j;
    int dk = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      dxs[dk + t] = (dys[yj + t] - (xs[xi + t] - mean) * b - a) * factor;
    }
  }
}

package limbeck.engine.kernel.f64;

import java.util.Arrays;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Arithmetic in plain loops over doubles. */
interface DoubleArithmetic extends Rows {
  /** Columns that a transposition writes side by side: a cache line of floats. */
  int STRIP = 16;

  @Override
  default void fill(double c, Tensor y, int j, int n) {
    int yj = y.offset() + j;
    Arrays.fill(y.doubles(), yj, yj + n, c);
  }

  @Override
  default void copy(Tensor x, int i, Tensor y, int j, int n) {
    System.arraycopy(x.doubles(), x.offset() + i, y.doubles(), y.offset() + j, n);
  }

  @Override
  default void transpose(
      Tensor x, int i, int ldx, Tensor y, int j, int ldy, int rows, int columns) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int c = 0; c < columns; c += STRIP) { // so that lines of x stay in the cache
      strip(xs, xi + c * ldx, ldx, ys, yj + c, ldy, rows, Math.min(STRIP, columns - c));
    }
  }

  private static void strip(
      double[] x, int i, int ldx, double[] y, int j, int ldy, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[j + r * ldy + c] = x[i + c * ldx + r];
      }
    }
  }

  @Override
  default void add(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] + bs[bj + t];
    }
  }

  @Override
  default void sub(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] - bs[bj + t];
    }
  }

  @Override
  default void mul(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] * bs[bj + t];
    }
  }

  @Override
  default void div(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] / bs[bj + t];
    }
  }

  @Override
  default void maximum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = Math.max(as[ai + t], bs[bj + t]);
    }
  }

  @Override
  default void minimum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = Math.min(as[ai + t], bs[bj + t]);
    }
  }

  @Override
  default void maximumGrad(
      Tensor a, int i, Tensor b, int j, Tensor dy, int k, Tensor d, int l, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] dys = dy.doubles();
    double[] ds = d.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int dyAt = dy.offset() + k;
    int dAt = d.offset() + l;
    for (int t = 0; t < n; t++) {
      double u = as[ai + t];
      double v = bs[bj + t];
      double g = dys[dyAt + t];
      ds[dAt + t] = u < v ? 0 : u == v ? 0.5 * g : g;
    }
  }

  @Override
  default void scale(Tensor x, int i, double c, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = xs[xi + t] * c;
    }
  }

  @Override
  default void addScalar(Tensor x, int i, double c, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = xs[xi + t] + c;
    }
  }

  @Override
  default void axpy(double c, Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = c * xs[xi + t] + ys[yj + t];
    }
  }

  @Override
  default void mulAdd(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] * bs[bj + t] + ys[yk + t];
    }
  }

  @Override
  default void mulSubScalar(Tensor a, int i, Tensor b, int j, double s, Tensor y, int k, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    double[] ys = y.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      ys[yk + t] = as[ai + t] * (bs[bj + t] - s);
    }
  }
}

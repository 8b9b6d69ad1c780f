package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.PlainRows;
import limbeck.engine.math.Erf;
import limbeck.engine.tensor.Tensor;

/** {@link PlainRows} over doubles. */
interface DoublePlain extends PlainRows {
  @Override
  default void clamp(Tensor x, int i, double low, double high, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = Math.min(Math.max(v, low), high);
    }
  }

  @Override
  default void clampGrad(
      Tensor x, int i, double low, double high, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double g = dys[dyAt + t];
      dxs[dxAt + t] = v >= low && v <= high ? g : 0;
    }
  }

  @Override
  default void elu(Tensor x, int i, double alpha, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = v > 0 ? v : alpha * StrictMath.expm1(v);
    }
  }

  @Override
  default void eluGrad(Tensor x, int i, double alpha, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double g = dys[dyAt + t];
      dxs[dxAt + t] = v > 0 ? g : g * (alpha * StrictMath.exp(v));
    }
  }

  @Override
  default void hardSwish(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = v * Math.min(Math.max(v / 6 + 0.5, 0), 1);
    }
  }

  @Override
  default void hardSwishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double g = dys[dyAt + t];
      dxs[dxAt + t] = v > 3 ? g : v < -3 ? 0 : g * (v / 3 + 0.5);
    }
  }

  @Override
  default void mish(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double e = StrictMath.exp(Math.min(v, 20));
      double q = e * (e + 2);
      ys[yj + t] = v * (q / (q + 2));
    }
  }

  @Override
  default void mishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double m = Math.min(v, 20);
      double e = StrictMath.exp(m);
      double q = e * (e + 2);
      double slope = (4 * m) * (e * (1 + e)) / ((q + 2) * (q + 2));
      dxs[dxAt + t] = dys[dyAt + t] * (q / (q + 2) + slope);
    }
  }

  @Override
  default void reciprocalRoot(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = 1 / Math.sqrt(v);
    }
  }

  @Override
  default void erf(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = Erf.erf(v);
    }
  }

  @Override
  default void sin(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = StrictMath.sin(v);
    }
  }

  @Override
  default void cos(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = StrictMath.cos(v);
    }
  }

  @Override
  default void power(Tensor x, int i, double p, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = StrictMath.pow(v, p);
    }
  }

  @Override
  default void powerGrad(Tensor x, int i, double p, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double g = dys[dyAt + t];
      dxs[dxAt + t] = p == 0 ? 0 : g * (p * StrictMath.pow(v, p - 1));
    }
  }
}

package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.math.Erf;
import limbeck.engine.tensor.Tensor;

/** Exact GELU (Hendrycks and Gimpel 2016) and its gradient in plain loops over doubles. */
interface DoubleGelu extends Rows {
  /** √½, rounded. */
  double SQRT_HALF = 0x1.6a09e667f3bcdp-1;

  /** 1/√(2π), rounded: the normal density at 0. */
  double DENSITY = 0x1.9884533d43651p-2;

  @Override
  default void gelu(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = (0.5 * v) * (1 + Erf.erf(v * SQRT_HALF));
    }
  }

  @Override
  default void geluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      double area = 0.5 * (1 + Erf.erf(v * SQRT_HALF));
      double density = StrictMath.exp((-0.5 * v) * v) * DENSITY;
      dxs[dxAt + t] = dys[dyAt + t] * (v * density + area);
    }
  }
}

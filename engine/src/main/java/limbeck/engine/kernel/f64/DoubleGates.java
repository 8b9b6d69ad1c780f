package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Functions that let their argument through a sigmoid gate, in plain loops over doubles: GELU by
 * tanh (Hendrycks and Gimpel 2016) and the gradient of SiLU.
 */
interface DoubleGates extends Rows {
  /** c₁ = 2·√(2/π), rounded. */
  double C1 = 0x1.9884533d43651p0;

  /** c₃ = 0.044715·c₁, rounded. */
  double C3 = 0x1.2444f2a4d8b4bp-4;

  /**
   * Above, slopes are 1; that of GELU is 0 below −50. Infinities may not meet the zeros of gates.
   */
  double HIGH = 50;

  @Override
  default void geluTanh(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = v / (1 + StrictMath.exp(-v * (v * v * C3 + C1)));
    }
  }

  @Override
  default void geluTanhGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double a = Math.max(-HIGH, Math.min(xs[xi + t], HIGH));
      double square = a * a;
      double gate = 1 / (1 + StrictMath.exp(-a * (square * C3 + C1)));
      double rest = 1 / (1 + StrictMath.exp(a * (square * C3 + C1)));
      dxs[dxAt + t] = dys[dyAt + t] * (gate * (1 + a * (3 * square * C3 + C1) * rest));
    }
  }

  @Override
  default void siluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] xs = x.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = Math.min(xs[xi + t], HIGH);
      double gate = 1 / (1 + StrictMath.exp(-v));
      double rest = 1 / (1 + StrictMath.exp(v));
      dxs[dxAt + t] = dys[dyAt + t] * (gate * (1 + v * rest));
    }
  }
}

package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

import limbeck.engine.kernel.Rows;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.tensor.Tensor;

/** Exact GELU (Hendrycks and Gimpel 2016) and its gradient in plain loops over floats. */
interface ScalarGelu extends Rows {
  /** √½, rounded. */
  float SQRT_HALF = 0x1.6a09e6p-1f;

  /** 1/√(2π), rounded: the normal density at 0. */
  float DENSITY = 0x1.988454p-2f;

  @Override
  default void gelu(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = (0.5f * v) * (1 + Erf.erf(v * SQRT_HALF));
    }
  }

  @Override
  default void geluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float area = 0.5f * (1 + Erf.erf(v * SQRT_HALF));
      float density = Exp.exp((-0.5f * v) * v) * DENSITY;
      dxs[dxAt + t] = dys[dyAt + t] * fma(v, density, area);
    }
  }
}

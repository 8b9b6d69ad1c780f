package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.PlainRows;
import limbeck.engine.math.Erf;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Expm1;
import limbeck.engine.math.Power;
import limbeck.engine.math.Sine;
import limbeck.engine.tensor.Tensor;

/** {@link PlainRows} over floats, for the scalar provider and for vectors of any width. */
public interface PlainFloats extends PlainRows {
  /** ⅙, rounded. */
  float SIXTH = 1f / 6;

  /** ⅓, rounded. */
  float THIRD = 1f / 3;

  @Override
  default void clamp(Tensor x, int i, double low, double high, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float lowF = (float) low;
    float highF = (float) high;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = Math.min(Math.max(v, lowF), highF);
    }
  }

  @Override
  default void clampGrad(
      Tensor x, int i, double low, double high, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    float lowF = (float) low;
    float highF = (float) high;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float g = dys[dyAt + t];
      dxs[dxAt + t] = v >= lowF && v <= highF ? g : 0;
    }
  }

  @Override
  default void elu(Tensor x, int i, double alpha, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float alphaF = (float) alpha;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = v > 0 ? v : alphaF * Expm1.expm1(v);
    }
  }

  @Override
  default void eluGrad(Tensor x, int i, double alpha, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    float alphaF = (float) alpha;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float g = dys[dyAt + t];
      dxs[dxAt + t] = v > 0 ? g : g * (alphaF * Exp.exp(v));
    }
  }

  @Override
  default void hardSwish(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = v * Math.min(Math.max(v * SIXTH + 0.5f, 0), 1);
    }
  }

  @Override
  default void hardSwishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float g = dys[dyAt + t];
      dxs[dxAt + t] = v > 3 ? g : v < -3 ? 0 : g * (v * THIRD + 0.5f);
    }
  }

  @Override
  default void mish(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float e = Exp.exp(Math.min(v, 20f));
      float q = e * (e + 2);
      ys[yj + t] = v * (q / (q + 2));
    }
  }

  @Override
  default void mishGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float m = Math.min(v, 20f);
      float e = Exp.exp(m);
      float q = e * (e + 2);
      float slope = (4 * m) * (e * (1 + e)) / ((q + 2) * (q + 2));
      dxs[dxAt + t] = dys[dyAt + t] * (q / (q + 2) + slope);
    }
  }

  @Override
  default void reciprocalRoot(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = (float) (1 / Math.sqrt(v));
    }
  }

  @Override
  default void erf(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = Erf.erf(v);
    }
  }

  @Override
  default void sin(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = Sine.sin(v);
    }
  }

  @Override
  default void cos(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = Sine.cos(v);
    }
  }

  @Override
  default void power(Tensor x, int i, double p, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float pF = (float) p;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      ys[yj + t] = Power.pow(v, pF);
    }
  }

  @Override
  default void powerGrad(Tensor x, int i, double p, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    float pF = (float) p;
    for (int t = 0; t < n; t++) {
      float v = xs[xi + t];
      float g = dys[dyAt + t];
      dxs[dxAt + t] = pF == 0 ? 0 : g * (float) (pF * Power.precise(v, pF - 1.0));
    }
  }
}

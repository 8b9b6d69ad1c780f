package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** GELU by tanh and the gradients of gates in plain loops over floats: see {@link Gates}. */
interface ScalarGates extends Rows {
  @Override
  default void geluTanh(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Gates.geluTanh(xs[xi + t]);
    }
  }

  @Override
  default void geluTanhGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      dxs[dxAt + t] = dys[dyAt + t] * Gates.geluTanhSlope(xs[xi + t]);
    }
  }

  @Override
  default void siluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      dxs[dxAt + t] = dys[dyAt + t] * Gates.siluSlope(xs[xi + t]);
    }
  }
}

package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Functions and their gradients in plain loops over doubles. */
interface DoubleFunctions extends Rows {
  @Override
  default void sqrt(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.sqrt(xs[xi + t]);
    }
  }

  @Override
  default void exp(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = StrictMath.exp(xs[xi + t]);
    }
  }

  @Override
  default void expMinus(Tensor x, int i, double m, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = StrictMath.exp(xs[xi + t] - m);
    }
  }

  @Override
  default void log(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = StrictMath.log(xs[xi + t]);
    }
  }

  @Override
  default void relu(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max(xs[xi + t], 0);
    }
  }

  @Override
  default void reluGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] ys = y.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      dxs[dxAt + t] = ys[yi + t] > 0 ? dys[dyAt + t] : 0;
    }
  }

  @Override
  default void leakyRelu(Tensor x, int i, double slope, Tensor d, int j, Tensor y, int k, int n) {
    double[] xs = x.doubles();
    double[] ds = d.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int dj = d.offset() + j;
    int yk = y.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = ds[dj + t];
      ys[yk + t] = xs[xi + t] > 0 ? v : slope * v;
    }
  }

  @Override
  default void softplus(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      double v = xs[xi + t];
      ys[yj + t] = Math.max(v, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(v)));
    }
  }

  @Override
  default void tanh(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = StrictMath.tanh(xs[xi + t]);
    }
  }

  @Override
  default void tanhGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] ys = y.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = ys[yi + t];
      dxs[dxAt + t] = dys[dyAt + t] * (1 - v * v);
    }
  }

  @Override
  default void sigmoid(Tensor x, int i, Tensor y, int j, int n) {
    double[] xs = x.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = 1 / (1 + StrictMath.exp(-xs[xi + t]));
    }
  }

  @Override
  default void sigmoidGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    double[] ys = y.doubles();
    double[] dys = dy.doubles();
    double[] dxs = dx.doubles();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      double v = ys[yi + t];
      dxs[dxAt + t] = dys[dyAt + t] * (v * (1 - v));
    }
  }
}

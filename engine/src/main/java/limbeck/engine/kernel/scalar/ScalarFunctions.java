package limbeck.engine.kernel.scalar;

import static limbeck.engine.math.Fma.fma;

import limbeck.engine.kernel.Rows;
import limbeck.engine.math.Exp;
import limbeck.engine.math.Log;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Softplus;
import limbeck.engine.math.Tanh;
import limbeck.engine.tensor.Tensor;

/** Functions and their gradients in plain loops over floats. */
interface ScalarFunctions extends Rows {
  @Override
  default void sqrt(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = (float) Math.sqrt(xs[xi + t]);
    }
  }

  @Override
  default void exp(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Exp.exp(xs[xi + t]);
    }
  }

  @Override
  default void expMinus(Tensor x, int i, double m, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float less = (float) m;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Exp.exp(xs[xi + t] - less);
    }
  }

  @Override
  default void log(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Log.log(xs[xi + t]);
    }
  }

  @Override
  default void relu(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max(xs[xi + t], 0f);
    }
  }

  @Override
  default void reluGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      dxs[dxAt + t] = ys[yi + t] > 0 ? dys[dyAt + t] : 0;
    }
  }

  @Override
  default void leakyRelu(Tensor x, int i, double slope, Tensor d, int j, Tensor y, int k, int n) {
    float[] xs = x.floats();
    float[] ds = d.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int dj = d.offset() + j;
    int yk = y.offset() + k;
    float factor = (float) slope;
    for (int t = 0; t < n; t++) {
      float v = ds[dj + t];
      ys[yk + t] = xs[xi + t] > 0 ? v : factor * v;
    }
  }

  @Override
  default void softplus(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Softplus.softplus(xs[xi + t]);
    }
  }

  @Override
  default void tanh(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Tanh.tanh(xs[xi + t]);
    }
  }

  @Override
  default void tanhGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      float v = ys[yi + t];
      dxs[dxAt + t] = dys[dyAt + t] * fma(-v, v, 1);
    }
  }

  @Override
  default void sigmoid(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Sigmoid.sigmoid(xs[xi + t]);
    }
  }

  @Override
  default void sigmoidGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    for (int t = 0; t < n; t++) {
      float v = ys[yi + t];
      dxs[dxAt + t] = dys[dyAt + t] * (v * (1 - v));
    }
  }
}

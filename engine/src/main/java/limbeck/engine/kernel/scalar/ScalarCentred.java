package limbeck.engine.kernel.scalar;

import static limbeck.engine.kernel.scalar.ScalarBlock.TERMS;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Loops of normalisation over floats. */
interface ScalarCentred extends Rows {
  @Override
  default double centredDot(Tensor a, int i, double ma, Tensor b, int j, double mb, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    float fa = (float) ma;
    float fb = (float) mb;
    float sum = CentredBlock.dot(as, ai, fa, bs, bj, fb, Math.min(n, TERMS));
    for (int t = TERMS; t < n; t += TERMS) {
      sum += CentredBlock.dot(as, ai + t, fa, bs, bj + t, fb, Math.min(n - t, TERMS));
    }
    return sum;
  }

  @Override
  default void normalize(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float m = (float) mean;
    float f = (float) factor;
    float s = (float) shift;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = (xs[xi + t] - m) * f + s;
    }
  }

  @Override
  default void normalizeRelu(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float m = (float) mean;
    float f = (float) factor;
    float s = (float) shift;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max((xs[xi + t] - m) * f + s, 0f);
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
    float[] xs = x.floats();
    float[] as = a.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int ak = a.offset() + k;
    int yj = y.offset() + j;
    float m = (float) mean;
    float f = (float) factor;
    float s = (float) shift;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = Math.max((xs[xi + t] - m) * f + s + as[ak + t], 0f);
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
    float[] xs = x.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int xi = x.offset() + i;
    int yj = dy.offset() + j;
    int dk = dx.offset() + k;
    float m = (float) mean;
    float fb = (float) b;
    float fa = (float) a;
    float f = (float) factor;
    for (int t = 0; t < n; t++) {
      dxs[dk + t] = (dys[yj + t] - (xs[xi + t] - m) * fb - fa) * f;
    }
  }
}

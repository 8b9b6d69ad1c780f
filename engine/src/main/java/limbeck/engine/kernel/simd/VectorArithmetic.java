package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Arithmetic in vectors; what is left of a row after whole vectors goes to the scalar twin. */
interface VectorArithmetic extends Rows {
  @Override
  default void fill(double c, Tensor y, int j, int n) {
    TWIN.fill(c, y, j, n);
  }

  @Override
  default void copy(Tensor x, int i, Tensor y, int j, int n) {
    TWIN.copy(x, i, y, j, n);
  }

  @Override
  default void add(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t).add(fromArray(S, bs, bj + t)).intoArray(ys, yk + t);
    }
    TWIN.add(a, i + t, b, j + t, y, k + t, n - t);
  }

  @Override
  default void sub(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t).sub(fromArray(S, bs, bj + t)).intoArray(ys, yk + t);
    }
    TWIN.sub(a, i + t, b, j + t, y, k + t, n - t);
  }

  @Override
  default void mul(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t).mul(fromArray(S, bs, bj + t)).intoArray(ys, yk + t);
    }
    TWIN.mul(a, i + t, b, j + t, y, k + t, n - t);
  }

  @Override
  default void div(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t).div(fromArray(S, bs, bj + t)).intoArray(ys, yk + t);
    }
    TWIN.div(a, i + t, b, j + t, y, k + t, n - t);
  }

  @Override
  default void scale(Tensor x, int i, double c, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float factor = (float) c;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, xs, xi + t).mul(factor).intoArray(ys, yj + t);
    }
    TWIN.scale(x, i + t, c, y, j + t, n - t);
  }

  @Override
  default void addScalar(Tensor x, int i, double c, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    float term = (float) c;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, xs, xi + t).add(term).intoArray(ys, yj + t);
    }
    TWIN.addScalar(x, i + t, c, y, j + t, n - t);
  }

  @Override
  default void axpy(double c, Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    FloatVector factor = FloatVector.broadcast(S, (float) c);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      factor.fma(fromArray(S, xs, xi + t), fromArray(S, ys, yj + t)).intoArray(ys, yj + t);
    }
    TWIN.axpy(c, x, i + t, y, j + t, n - t);
  }

  @Override
  default void mulAdd(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t)
          .fma(fromArray(S, bs, bj + t), fromArray(S, ys, yk + t))
          .intoArray(ys, yk + t);
    }
    TWIN.mulAdd(a, i + t, b, j + t, y, k + t, n - t);
  }

  @Override
  default void mulSubScalar(Tensor a, int i, Tensor b, int j, double s, Tensor y, int k, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    float[] ys = y.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    int yk = y.offset() + k;
    float less = (float) s;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, as, ai + t).mul(fromArray(S, bs, bj + t).sub(less)).intoArray(ys, yk + t);
    }
    TWIN.mulSubScalar(a, i + t, b, j + t, s, y, k + t, n - t);
  }
}

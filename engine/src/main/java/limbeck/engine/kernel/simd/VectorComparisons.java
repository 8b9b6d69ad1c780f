package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Loops that choose between elements in vectors, the rest by the scalar twin. */
interface VectorComparisons extends Rows {
  @Override
  default void maximum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      maximum(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.maximum(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void maximum(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).max(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void minimum(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      minimum(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.minimum(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void minimum(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).min(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void maximumGrad(
      Tensor a, int i, Tensor b, int j, Tensor dy, int k, Tensor d, int l, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      maximumGrad(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          dy.floats(),
          dy.offset() + k,
          d.floats(),
          d.offset() + l,
          whole);
    }
    TWIN.maximumGrad(a, i + whole, b, j + whole, dy, k + whole, d, l + whole, n - whole);
  }

  private static void maximumGrad(
      float[] a, int i, float[] b, int j, float[] dy, int k, float[] d, int l, int n) {
    for (int t = 0; t < n; t += N) {
      FloatVector u = fromArray(S, a, i + t);
      FloatVector v = fromArray(S, b, j + t);
      FloatVector g = fromArray(S, dy, k + t);
      VectorMask<Float> tie = u.compare(VectorOperators.EQ, v);
      VectorMask<Float> below = u.compare(VectorOperators.LT, v);
      g.blend(g.mul(broadcast(S, 0.5f)), tie).blend(0f, below).intoArray(d, l + t);
    }
  }

  @Override
  default void relu(Tensor x, int i, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      relu(x.floats(), x.offset() + i, y.floats(), y.offset() + j, whole);
    }
    TWIN.relu(x, i + whole, y, j + whole, n - whole);
  }

  private static void relu(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).max(0f).intoArray(y, j + t);
    }
  }

  @Override
  default void reluGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      reluGrad(
          y.floats(),
          y.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          whole);
    }
    TWIN.reluGrad(y, i + whole, dy, j + whole, dx, k + whole, n - whole);
  }

  private static void reluGrad(float[] y, int i, float[] dy, int j, float[] dx, int k, int n) {
    FloatVector off = FloatVector.zero(S);
    for (int t = 0; t < n; t += N) {
      VectorMask<Float> on = fromArray(S, y, i + t).compare(VectorOperators.GT, 0f);
      off.blend(fromArray(S, dy, j + t), on).intoArray(dx, k + t);
    }
  }

  @Override
  default void leakyRelu(Tensor x, int i, double slope, Tensor d, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      leakyRelu(
          x.floats(),
          x.offset() + i,
          (float) slope,
          d.floats(),
          d.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.leakyRelu(x, i + whole, slope, d, j + whole, y, k + whole, n - whole);
  }

  private static void leakyRelu(
      float[] x, int i, float slope, float[] d, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      VectorMask<Float> on = fromArray(S, x, i + t).compare(VectorOperators.GT, 0f);
      FloatVector v = fromArray(S, d, j + t);
      v.mul(broadcast(S, slope)).blend(v, on).intoArray(y, k + t);
    }
  }
}

package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.scalar.ScalarBlock.TERMS;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Loops of normalisation in vectors; what is left after whole vectors goes to the scalar twin. */
interface VectorCentred extends Rows {
  @Override
  default double centredDot(Tensor a, int i, double ma, Tensor b, int j, double mb, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    float fa = (float) ma;
    float fb = (float) mb;
    float sum = CentredLanes.dot(as, ai, fa, bs, bj, fb, Math.min(n, TERMS));
    for (int t = TERMS; t < n; t += TERMS) {
      sum += CentredLanes.dot(as, ai + t, fa, bs, bj + t, fb, Math.min(n - t, TERMS));
    }
    return sum;
  }

  @Override
  default void normalize(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      normalize(
          x.floats(),
          x.offset() + i,
          (float) mean,
          (float) factor,
          (float) shift,
          y.floats(),
          y.offset() + j,
          whole);
    }
    if (whole < n) {
      TWIN.normalize(x, i + whole, mean, factor, shift, y, j + whole, n - whole);
    }
  }

  private static void normalize(
      float[] x, int i, float mean, float factor, float shift, float[] y, int j, int n) {
    FloatVector m = broadcast(S, mean);
    FloatVector f = broadcast(S, factor);
    FloatVector s = broadcast(S, shift);
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).sub(m).mul(f).add(s).intoArray(y, j + t);
    }
  }

  @Override
  default void normalizeRelu(
      Tensor x, int i, double mean, double factor, double shift, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      normalizeRelu(
          x.floats(),
          x.offset() + i,
          (float) mean,
          (float) factor,
          (float) shift,
          y.floats(),
          y.offset() + j,
          whole);
    }
    if (whole < n) {
      TWIN.normalizeRelu(x, i + whole, mean, factor, shift, y, j + whole, n - whole);
    }
  }

  private static void normalizeRelu(
      float[] x, int i, float mean, float factor, float shift, float[] y, int j, int n) {
    FloatVector m = broadcast(S, mean);
    FloatVector f = broadcast(S, factor);
    FloatVector s = broadcast(S, shift);
    FloatVector zero = FloatVector.zero(S);
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).sub(m).mul(f).add(s).max(zero).intoArray(y, j + t);
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
    int whole = S.loopBound(n);
    if (whole > 0) {
      normalizeAddRelu(
          x.floats(),
          x.offset() + i,
          (float) mean,
          (float) factor,
          (float) shift,
          a.floats(),
          a.offset() + k,
          y.floats(),
          y.offset() + j,
          whole);
    }
    if (whole < n) {
      int rest = n - whole;
      TWIN.normalizeAddRelu(x, i + whole, mean, factor, shift, a, k + whole, y, j + whole, rest);
    }
  }

  private static void normalizeAddRelu(
      float[] x,
      int i,
      float mean,
      float factor,
      float shift,
      float[] a,
      int k,
      float[] y,
      int j,
      int n) {
    FloatVector m = broadcast(S, mean);
    FloatVector f = broadcast(S, factor);
    FloatVector s = broadcast(S, shift);
    FloatVector zero = FloatVector.zero(S);
    for (int t = 0; t < n; t += N) {
      FloatVector v = fromArray(S, x, i + t).sub(m).mul(f).add(s);
      v.add(fromArray(S, a, k + t)).max(zero).intoArray(y, j + t);
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
    int whole = S.loopBound(n);
    if (whole > 0) {
      normalizeGrad(
          x.floats(),
          x.offset() + i,
          dy.floats(),
          dy.offset() + j,
          (float) mean,
          (float) b,
          (float) a,
          (float) factor,
          dx.floats(),
          dx.offset() + k,
          whole);
    }
    if (whole < n) {
      TWIN.normalizeGrad(x, i + whole, dy, j + whole, mean, b, a, factor, dx, k + whole, n - whole);
    }
  }

  private static void normalizeGrad(
      float[] x,
      int i,
      float[] dy,
      int j,
      float mean,
      float b,
      float a,
      float factor,
      float[] dx,
      int k,
      int n) {
    FloatVector m = broadcast(S, mean);
    FloatVector vb = broadcast(S, b);
    FloatVector va = broadcast(S, a);
    FloatVector f = broadcast(S, factor);
    for (int t = 0; t < n; t += N) {
      FloatVector p = fromArray(S, x, i + t).sub(m).mul(vb);
      fromArray(S, dy, j + t).sub(p).sub(va).mul(f).intoArray(dx, k + t);
    }
  }
}

package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Square roots and gradients from results in vectors, the rest by the scalar twin. */
interface VectorActivations extends Rows {
  @Override
  default void sqrt(Tensor x, int i, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      sqrt(x.floats(), x.offset() + i, y.floats(), y.offset() + j, whole);
    }
    TWIN.sqrt(x, i + whole, y, j + whole, n - whole);
  }

  private static void sqrt(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).sqrt().intoArray(y, j + t);
    }
  }

  @Override
  default void tanhGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      tanhGrad(
          y.floats(),
          y.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          whole);
    }
    TWIN.tanhGrad(y, i + whole, dy, j + whole, dx, k + whole, n - whole);
  }

  private static void tanhGrad(float[] y, int i, float[] dy, int j, float[] dx, int k, int n) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int t = 0; t < n; t += N) {
      FloatVector v = fromArray(S, y, i + t);
      fromArray(S, dy, j + t).mul(v.neg().fma(v, one)).intoArray(dx, k + t);
    }
  }

  @Override
  default void sigmoidGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      sigmoidGrad(
          y.floats(),
          y.offset() + i,
          dy.floats(),
          dy.offset() + j,
          dx.floats(),
          dx.offset() + k,
          whole);
    }
    TWIN.sigmoidGrad(y, i + whole, dy, j + whole, dx, k + whole, n - whole);
  }

  private static void sigmoidGrad(float[] y, int i, float[] dy, int j, float[] dx, int k, int n) {
    FloatVector one = FloatVector.broadcast(S, 1);
    for (int t = 0; t < n; t += N) {
      FloatVector v = fromArray(S, y, i + t);
      fromArray(S, dy, j + t).mul(v.mul(one.sub(v))).intoArray(dx, k + t);
    }
  }
}

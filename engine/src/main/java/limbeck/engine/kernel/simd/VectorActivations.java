package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Square roots, rectifiers and gradients from results in vectors, the rest by the scalar twin. */
interface VectorActivations extends Rows {
  @Override
  default void sqrt(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, xs, xi + t).sqrt().intoArray(ys, yj + t);
    }
    TWIN.sqrt(x, i + t, y, j + t, n - t);
  }

  @Override
  default void relu(Tensor x, int i, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      fromArray(S, xs, xi + t).max(0f).intoArray(ys, yj + t);
    }
    TWIN.relu(x, i + t, y, j + t, n - t);
  }

  @Override
  default void reluGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    FloatVector off = FloatVector.zero(S);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      VectorMask<Float> on = fromArray(S, ys, yi + t).compare(VectorOperators.GT, 0f);
      off.blend(fromArray(S, dys, dyAt + t), on).intoArray(dxs, dxAt + t);
    }
    TWIN.reluGrad(y, i + t, dy, j + t, dx, k + t, n - t);
  }

  @Override
  default void tanhGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    FloatVector one = FloatVector.broadcast(S, 1);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      FloatVector v = fromArray(S, ys, yi + t);
      fromArray(S, dys, dyAt + t).mul(v.neg().fma(v, one)).intoArray(dxs, dxAt + t);
    }
    TWIN.tanhGrad(y, i + t, dy, j + t, dx, k + t, n - t);
  }

  @Override
  default void sigmoidGrad(Tensor y, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    float[] ys = y.floats();
    float[] dys = dy.floats();
    float[] dxs = dx.floats();
    int yi = y.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    FloatVector one = FloatVector.broadcast(S, 1);
    int t = 0;
    for (int whole = S.loopBound(n); t < whole; t += N) {
      FloatVector v = fromArray(S, ys, yi + t);
      fromArray(S, dys, dyAt + t).mul(v.mul(one.sub(v))).intoArray(dxs, dxAt + t);
    }
    TWIN.sigmoidGrad(y, i + t, dy, j + t, dx, k + t, n - t);
  }
}

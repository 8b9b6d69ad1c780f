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

/** Exact GELU and its gradient in vectors, built as the loops of {@link VectorFunctions}. */
interface VectorGelu extends Rows {
  /** √½, rounded. */
  float SQRT_HALF = 0x1.6a09e6p-1f;

  /** 1/√(2π), rounded: the normal density at 0. */
  float DENSITY = 0x1.988454p-2f;

  @Override
  default void gelu(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.gelu(x, i, y, j, n);
    } else {
      gelu(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  private static void gelu(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      FloatVector twice = VectorMath.erf(v.mul(SQRT_HALF)).add(1f);
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v.mul(0.5f).mul(twice), fresh).intoArray(y, j + at);
    }
  }

  /**
   * Two passes, with the density in dx between them: the compiler cannot take both functions at
   * once.
   */
  @Override
  default void geluGrad(Tensor x, int i, Tensor dy, int j, Tensor dx, int k, int n) {
    int xi = x.offset() + i;
    int dyAt = dy.offset() + j;
    int dxAt = dx.offset() + k;
    boolean inPlace =
        dx.floats() == x.floats() && dxAt == xi || dx.floats() == dy.floats() && dxAt == dyAt;
    if (n < N || inPlace) {
      TWIN.geluGrad(x, i, dy, j, dx, k, n);
    } else {
      density(x.floats(), xi, dx.floats(), dxAt, n);
      slope(x.floats(), xi, dy.floats(), dyAt, dx.floats(), dxAt, n);
    }
  }

  private static void density(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      VectorMath.exp(v.mul(-0.5f).mul(v)).mul(DENSITY).intoArray(y, j + at);
    }
  }

  private static void slope(float[] x, int i, float[] dy, int j, float[] dx, int k, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = fromArray(S, x, i + at);
      FloatVector area = VectorMath.erf(v.mul(SQRT_HALF)).add(1f).mul(0.5f);
      FloatVector density = fromArray(S, dx, k + at);
      FloatVector u = fromArray(S, dy, j + at).mul(v.fma(density, area));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      density.blend(u, fresh).intoArray(dx, k + at);
    }
  }
}

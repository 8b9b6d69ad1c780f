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
  default void transpose(
      Tensor x, int i, int ldx, Tensor y, int j, int ldy, int rows, int columns) {
    int whole = S.loopBound(columns);
    for (int c = 0; c < whole; c += N) {
      Interleave.rows(
          x.floats(), x.offset() + i + c * ldx, ldx, rows, y.floats(), y.offset() + j + c, ldy);
    }
    TWIN.transpose(x, i + whole * ldx, ldx, y, j + whole, ldy, rows, columns - whole);
  }

  @Override
  default void add(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      add(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.add(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void add(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).add(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void sub(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      sub(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.sub(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void sub(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).sub(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void mul(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      mul(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.mul(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void mul(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).mul(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void div(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      div(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.div(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void div(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).div(fromArray(S, b, j + t)).intoArray(y, k + t);
    }
  }

  @Override
  default void scale(Tensor x, int i, double c, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      scale(x.floats(), x.offset() + i, (float) c, y.floats(), y.offset() + j, whole);
    }
    TWIN.scale(x, i + whole, c, y, j + whole, n - whole);
  }

  private static void scale(float[] x, int i, float c, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).mul(c).intoArray(y, j + t);
    }
  }

  @Override
  default void addScalar(Tensor x, int i, double c, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      addScalar(x.floats(), x.offset() + i, (float) c, y.floats(), y.offset() + j, whole);
    }
    TWIN.addScalar(x, i + whole, c, y, j + whole, n - whole);
  }

  private static void addScalar(float[] x, int i, float c, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).add(c).intoArray(y, j + t);
    }
  }

  @Override
  default void axpy(double c, Tensor x, int i, Tensor y, int j, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      axpy((float) c, x.floats(), x.offset() + i, y.floats(), y.offset() + j, whole);
    }
    TWIN.axpy(c, x, i + whole, y, j + whole, n - whole);
  }

  private static void axpy(float c, float[] x, int i, float[] y, int j, int n) {
    FloatVector factor = FloatVector.broadcast(S, c);
    for (int t = 0; t < n; t += N) {
      fromArray(S, x, i + t).fma(factor, fromArray(S, y, j + t)).intoArray(y, j + t);
    }
  }

  @Override
  default void mulAdd(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      mulAdd(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.mulAdd(a, i + whole, b, j + whole, y, k + whole, n - whole);
  }

  private static void mulAdd(float[] a, int i, float[] b, int j, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t)
          .fma(fromArray(S, b, j + t), fromArray(S, y, k + t))
          .intoArray(y, k + t);
    }
  }

  @Override
  default void mulSubScalar(Tensor a, int i, Tensor b, int j, double s, Tensor y, int k, int n) {
    int whole = S.loopBound(n);
    if (whole > 0) {
      mulSubScalar(
          a.floats(),
          a.offset() + i,
          b.floats(),
          b.offset() + j,
          (float) s,
          y.floats(),
          y.offset() + k,
          whole);
    }
    TWIN.mulSubScalar(a, i + whole, b, j + whole, s, y, k + whole, n - whole);
  }

  private static void mulSubScalar(
      float[] a, int i, float[] b, int j, float s, float[] y, int k, int n) {
    for (int t = 0; t < n; t += N) {
      fromArray(S, a, i + t).mul(fromArray(S, b, j + t).sub(s)).intoArray(y, k + t);
    }
  }
}

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

/**
 * Exponentials and logarithms in vectors; rows shorter than a vector go to the scalar twin.
 *
 * <p>The last vector ends where the row ends, and of it only lanes are written that the vector
 * before left: the others may have been overwritten in place already.
 *
 * <p>Each loop is in a method of its own: were it on a rare path of a method, the compiler would
 * not put the function into it, and allocate its argument and result.
 */
interface VectorFunctions extends Rows {
  @Override
  default void exp(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.exp(x, i, y, j, n);
    } else {
      exp(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  private static void exp(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = VectorMath.exp(fromArray(S, x, i + at));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v, fresh).intoArray(y, j + at);
    }
  }

  @Override
  default void expMinus(Tensor x, int i, double m, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.expMinus(x, i, m, y, j, n);
    } else {
      expMinus(x.floats(), x.offset() + i, (float) m, y.floats(), y.offset() + j, n);
    }
  }

  private static void expMinus(float[] x, int i, float m, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = VectorMath.exp(fromArray(S, x, i + at).sub(m));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v, fresh).intoArray(y, j + at);
    }
  }

  @Override
  default void log(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.log(x, i, y, j, n);
    } else {
      log(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  private static void log(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = VectorMath.log(fromArray(S, x, i + at));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v, fresh).intoArray(y, j + at);
    }
  }

  @Override
  default void tanh(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.tanh(x, i, y, j, n);
    } else {
      tanh(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  private static void tanh(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = VectorMath.tanh(fromArray(S, x, i + at));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v, fresh).intoArray(y, j + at);
    }
  }

  @Override
  default void sigmoid(Tensor x, int i, Tensor y, int j, int n) {
    if (n < N) {
      TWIN.sigmoid(x, i, y, j, n);
    } else {
      sigmoid(x.floats(), x.offset() + i, y.floats(), y.offset() + j, n);
    }
  }

  private static void sigmoid(float[] x, int i, float[] y, int j, int n) {
    for (int t = 0; t < n; t += N) {
      int at = Math.min(t, n - N);
      FloatVector v = VectorMath.sigmoid(fromArray(S, x, i + at));
      VectorMask<Float> fresh = Lanes.NUMBERS.compare(VectorOperators.GE, (float) (t - at));
      fromArray(S, y, j + at).blend(v, fresh).intoArray(y, j + at);
    }
  }
}

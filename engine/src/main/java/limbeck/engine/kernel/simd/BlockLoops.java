package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static limbeck.engine.kernel.simd.Exchange.EVEN;
import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Blocks of rows of at least a vector each, copied from, or added to, elements one or two apart.
 * The last vector of a row that is copied overlaps the one before it. Every second element of two
 * vectors: the second vector starts one element early, so that nothing is read past the last.
 */
final class BlockLoops {
  /** Even lanes to the lower half; odd ones to the upper. */
  private static final VectorShuffle<Float> EVENS = VectorShuffle.fromOp(S, i -> 2 * i % N);

  private static final VectorShuffle<Float> ODDS = VectorShuffle.fromOp(S, i -> (2 * i + 1) % N);

  /** Each lane of the lower half twice, and of the upper. */
  private static final VectorShuffle<Float> LOW_TWICE = VectorShuffle.fromOp(S, i -> i / 2);

  private static final VectorShuffle<Float> HIGH_TWICE =
      VectorShuffle.fromOp(S, i -> N / 2 + i / 2);

  private BlockLoops() {}

  /** y[r, c] = x[r, c]. */
  static void copy(float[] x, int i, int ldx, float[] y, int j, int ldy, int rows, int columns) {
    int last = columns - N;
    if (columns <= 2 * N) {
      for (int row = 0; row < rows; row++) {
        fromArray(S, x, i).intoArray(y, j);
        fromArray(S, x, i + last).intoArray(y, j + last);
        i += ldx;
        j += ldy;
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < last; t += N) {
        fromArray(S, x, i + t).intoArray(y, j + t);
      }
      fromArray(S, x, i + last).intoArray(y, j + last);
      i += ldx;
      j += ldy;
    }
  }

  /** y[r, c] = x[r, 2 c]. */
  static void takeSecond(
      float[] x, int i, int ldx, float[] y, int j, int ldy, int rows, int columns) {
    int last = columns - N;
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < columns; t += N) {
        int at = Math.min(t, last);
        FloatVector a = fromArray(S, x, i + 2 * at).rearrange(EVENS);
        FloatVector b = fromArray(S, x, i + 2 * at + N - 1).rearrange(ODDS);
        a.blend(b, HIGH_HALF).intoArray(y, j + at);
      }
      i += ldx;
      j += ldy;
    }
  }

  /** y[r, c] += x[r, c]; {@code columns} are whole vectors. */
  static void add(float[] x, int i, int ldx, float[] y, int j, int ldy, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < columns; t += N) {
        fromArray(S, y, j + t).add(fromArray(S, x, i + t)).intoArray(y, j + t);
      }
      i += ldx;
      j += ldy;
    }
  }

  /** y[r, 2 c] += x[r, c]; {@code columns} are whole vectors. */
  static void addSecond(
      float[] x, int i, int ldx, float[] y, int j, int ldy, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int t = 0; t < columns; t += N) {
        int at = j + 2 * t;
        FloatVector terms = fromArray(S, x, i + t);
        FloatVector a = fromArray(S, y, at);
        a.blend(a.add(terms.rearrange(LOW_TWICE)), EVEN).intoArray(y, at);
        at += N - 1;
        FloatVector b = fromArray(S, y, at);
        b.blend(b.add(terms.rearrange(HIGH_TWICE)), ODD).intoArray(y, at);
      }
      i += ldx;
      j += ldy;
    }
  }
}

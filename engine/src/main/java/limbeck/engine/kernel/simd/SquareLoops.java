package limbeck.engine.kernel.simd;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.NE;
import static limbeck.engine.kernel.simd.Exchange.EVEN;
import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_HALVES;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Maxima of 2 × 2 squares of planes whose rows are whole vectors, and their gradients. A vector of
 * a row and the one below make half a vector of squares.
 */
final class SquareLoops {
  /** Even lanes, one after another, twice. */
  private static final VectorShuffle<Float> EVENS = VectorShuffle.fromOp(S, i -> 2 * i % N);

  /** Each lane of the lower half twice. */
  private static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(S, i -> i / 2);

  /** Each lane of the first quarter twice, and once more in the upper half. */
  private static final VectorShuffle<Float> TWICE_BELOW =
      VectorShuffle.fromOp(S, i -> i % (N / 2) / 2);

  /** Numbers of a square's elements: 0, 1 in the upper row; 2, 3 below; and of none. */
  private static final FloatVector UPPER =
      FloatVector.broadcast(S, 1f).blend(FloatVector.zero(S), EVEN);

  private static final FloatVector LOWER = UPPER.add(2f);
  private static final FloatVector PAIR = UPPER.blend(LOWER, HIGH_HALF);
  private static final FloatVector NONE = FloatVector.broadcast(S, 4f);

  private SquareLoops() {}

  /** y = maxima, for {@code vectors}, an even number, of all upper rows. */
  static void max(float[] x, int i, int width, float[] y, int j, int vectors) {
    int end = i + width; // of the upper row
    for (int v = 0; v < vectors; v += 2) {
      FloatVector a = fromArray(S, x, i).max(fromArray(S, x, i + width));
      i += N;
      if (i == end) {
        i += width;
        end = i + width;
      }
      FloatVector b = fromArray(S, x, i).max(fromArray(S, x, i + width));
      i += N;
      if (i == end) {
        i += width;
        end = i + width;
      }
      a = a.max(a.rearrange(SWAP_1));
      b = b.max(b.rearrange(SWAP_1));
      a.rearrange(EVENS).blend(b.rearrange(EVENS), HIGH_HALF).intoArray(y, j);
      j += N;
    }
  }

  /**
   * dx = dy + 0 at the first of each square's maxima, else +0. Elements that attain the maximum put
   * their numbers down; the least of a square's takes the gradient.
   */
  static void maxGrad(
      float[] x, int i, int width, float[] dy, int j, float[] dx, int k, int vectors) {
    FloatVector zero = FloatVector.zero(S);
    int end = i + width; // of the upper row
    for (int v = 0; v < vectors; v++) {
      FloatVector a = fromArray(S, x, i);
      FloatVector b = fromArray(S, x, i + width);
      FloatVector d = fromArray(S, dy, j).rearrange(TWICE).add(0f);
      FloatVector max = a.max(b);
      max = max.max(max.rearrange(SWAP_1));
      VectorMask<Float> upper = a.compare(EQ, max).or(a.compare(NE, a));
      VectorMask<Float> lower = b.compare(EQ, max).or(b.compare(NE, b));
      FloatVector first = NONE.blend(UPPER, upper).min(NONE.blend(LOWER, lower));
      first = first.min(first.rearrange(SWAP_1));
      zero.blend(d, first.compare(EQ, UPPER)).intoArray(dx, k);
      zero.blend(d, first.compare(EQ, LOWER)).intoArray(dx, k + width);
      i += N;
      k += N;
      j += N / 2;
      if (i == end) {
        i += width;
        k += width;
        end = i + width;
      }
    }
  }

  /** {@link #maxGrad} for rows of half a vector: one vector holds a row and the one below. */
  static void maxGradOfPairs(float[] x, int i, float[] dy, int j, float[] dx, int k, int pairs) {
    FloatVector zero = FloatVector.zero(S);
    for (int pair = 0; pair < pairs; pair++) {
      FloatVector a = fromArray(S, x, i);
      FloatVector d = fromArray(S, dy, j).rearrange(TWICE_BELOW).add(0f);
      FloatVector max = a.max(a.rearrange(SWAP_HALVES));
      max = max.max(max.rearrange(SWAP_1));
      VectorMask<Float> claims = a.compare(EQ, max).or(a.compare(NE, a));
      FloatVector first = NONE.blend(PAIR, claims);
      first = first.min(first.rearrange(SWAP_HALVES));
      first = first.min(first.rearrange(SWAP_1));
      zero.blend(d, first.compare(EQ, PAIR)).intoArray(dx, k);
      i += N;
      k += N;
      j += N / 4;
    }
  }
}

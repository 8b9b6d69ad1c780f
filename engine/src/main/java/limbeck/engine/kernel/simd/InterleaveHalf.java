package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.HIGH_FOURS;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Exchange.SWAP_4;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Transposes N / 2 rows into a panel, N = 8 or 16, for packing: moves numbers only. N columns at a
 * time: of each row the even columns go to the lower half of a vector, the odd ones to the upper;
 * then the blocks of both halves are transposed in steps of exchange, and each vector holds two
 * neighbouring columns.
 *
 * <p>The loops are in the methods, so that shuffles and masks stay in registers.
 */
final class InterleaveHalf {
  private static final VectorShuffle<Float> EVEN_ODD =
      VectorShuffle.fromOp(S, i -> i < N / 2 ? 2 * i : 2 * i - N + 1);

  private InterleaveHalf() {}

  /** y[yAt + i N / 2 + r] = x[xAt + r ld + i] for r < N / 2, i < k. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt) {
    int whole = k & -N;
    columns(x, xAt, ld, whole, y, yAt);
    if (whole < k && k >= N) { // the last N columns, some of them for the second time
      columns(x, xAt + k - N, ld, N, y, yAt + (k - N) * (N / 2));
    } else {
      for (int i = whole; i < k; i++) {
        for (int r = 0; r < N / 2; r++) {
          y[yAt + i * (N / 2) + r] = x[xAt + r * ld + i];
        }
      }
    }
  }

  private static void columns(float[] x, int xAt, int ld, int k, float[] y, int yAt) {
    if (N == 16) {
      eight(x, xAt, ld, k, y, yAt);
    } else {
      four(x, xAt, ld, k, y, yAt);
    }
  }

  /** Eight rows of vectors of sixteen. */
  private static void eight(float[] x, int xAt, int ld, int k, float[] y, int yAt) {
    int q = yAt;
    for (int i = 0; i < k; i += N) {
      int p = xAt + i;
      FloatVector u0 = FloatVector.fromArray(S, x, p).rearrange(EVEN_ODD);
      FloatVector u1 = FloatVector.fromArray(S, x, p + ld).rearrange(EVEN_ODD);
      FloatVector u2 = FloatVector.fromArray(S, x, p + 2 * ld).rearrange(EVEN_ODD);
      FloatVector u3 = FloatVector.fromArray(S, x, p + 3 * ld).rearrange(EVEN_ODD);
      FloatVector u4 = FloatVector.fromArray(S, x, p + 4 * ld).rearrange(EVEN_ODD);
      FloatVector u5 = FloatVector.fromArray(S, x, p + 5 * ld).rearrange(EVEN_ODD);
      FloatVector u6 = FloatVector.fromArray(S, x, p + 6 * ld).rearrange(EVEN_ODD);
      FloatVector u7 = FloatVector.fromArray(S, x, p + 7 * ld).rearrange(EVEN_ODD);
      FloatVector t0 = u0.blend(u4.rearrange(SWAP_4), HIGH_FOURS);
      FloatVector t4 = u0.rearrange(SWAP_4).blend(u4, HIGH_FOURS);
      FloatVector t1 = u1.blend(u5.rearrange(SWAP_4), HIGH_FOURS);
      FloatVector t5 = u1.rearrange(SWAP_4).blend(u5, HIGH_FOURS);
      FloatVector t2 = u2.blend(u6.rearrange(SWAP_4), HIGH_FOURS);
      FloatVector t6 = u2.rearrange(SWAP_4).blend(u6, HIGH_FOURS);
      FloatVector t3 = u3.blend(u7.rearrange(SWAP_4), HIGH_FOURS);
      FloatVector t7 = u3.rearrange(SWAP_4).blend(u7, HIGH_FOURS);
      FloatVector v0 = t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v2 = t0.rearrange(SWAP_2).blend(t2, HIGH_PAIRS);
      FloatVector v1 = t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v3 = t1.rearrange(SWAP_2).blend(t3, HIGH_PAIRS);
      FloatVector v4 = t4.blend(t6.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v6 = t4.rearrange(SWAP_2).blend(t6, HIGH_PAIRS);
      FloatVector v5 = t5.blend(t7.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v7 = t5.rearrange(SWAP_2).blend(t7, HIGH_PAIRS);
      v0.blend(v1.rearrange(SWAP_1), ODD).intoArray(y, q);
      v0.rearrange(SWAP_1).blend(v1, ODD).intoArray(y, q + N);
      v2.blend(v3.rearrange(SWAP_1), ODD).intoArray(y, q + 2 * N);
      v2.rearrange(SWAP_1).blend(v3, ODD).intoArray(y, q + 3 * N);
      v4.blend(v5.rearrange(SWAP_1), ODD).intoArray(y, q + 4 * N);
      v4.rearrange(SWAP_1).blend(v5, ODD).intoArray(y, q + 5 * N);
      v6.blend(v7.rearrange(SWAP_1), ODD).intoArray(y, q + 6 * N);
      v6.rearrange(SWAP_1).blend(v7, ODD).intoArray(y, q + 7 * N);
      q += 8 * N;
    }
  }

  /** Four rows of vectors of eight. */
  private static void four(float[] x, int xAt, int ld, int k, float[] y, int yAt) {
    int q = yAt;
    for (int i = 0; i < k; i += N) {
      int p = xAt + i;
      FloatVector u0 = FloatVector.fromArray(S, x, p).rearrange(EVEN_ODD);
      FloatVector u1 = FloatVector.fromArray(S, x, p + ld).rearrange(EVEN_ODD);
      FloatVector u2 = FloatVector.fromArray(S, x, p + 2 * ld).rearrange(EVEN_ODD);
      FloatVector u3 = FloatVector.fromArray(S, x, p + 3 * ld).rearrange(EVEN_ODD);
      FloatVector v0 = u0.blend(u2.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v2 = u0.rearrange(SWAP_2).blend(u2, HIGH_PAIRS);
      FloatVector v1 = u1.blend(u3.rearrange(SWAP_2), HIGH_PAIRS);
      FloatVector v3 = u1.rearrange(SWAP_2).blend(u3, HIGH_PAIRS);
      v0.blend(v1.rearrange(SWAP_1), ODD).intoArray(y, q);
      v0.rearrange(SWAP_1).blend(v1, ODD).intoArray(y, q + N);
      v2.blend(v3.rearrange(SWAP_1), ODD).intoArray(y, q + 2 * N);
      v2.rearrange(SWAP_1).blend(v3, ODD).intoArray(y, q + 3 * N);
      q += 4 * N;
    }
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.HIGH_FOURS;
import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Exchange.SWAP_4;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Transposes sixteen rows with vectors of sixteen, eight columns at a time: moves numbers only.
 * Vectors are put together of eight columns of row r and eight of row r + 8, by reading whole
 * vectors and blending; what is read beside lies between the first row's first column and the last
 * row's eighth. Then the 8 × 8 blocks, side by side, are transposed in three steps of exchange. To
 * read halves twice costs less than a fourth step: loads and shuffles run side by side.
 *
 * <p>The loop is in the method, so that shuffles and masks stay in registers.
 */
final class Interleave16 {
  private Interleave16() {}

  /** y[yAt + i step + r] = x[xAt + r ld + i] for r < 16, i < k; k is a multiple of 8. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt, int step) {
    int q = yAt;
    for (int i = 0; i < k; i += 8) {
      int p = xAt + i;
      int s = p + 8 * ld - 8;
      FloatVector u0 =
          FloatVector.fromArray(S, x, p).blend(FloatVector.fromArray(S, x, s), HIGH_HALF);
      FloatVector u1 =
          FloatVector.fromArray(S, x, p + ld).blend(FloatVector.fromArray(S, x, s + ld), HIGH_HALF);
      FloatVector u2 =
          FloatVector.fromArray(S, x, p + 2 * ld)
              .blend(FloatVector.fromArray(S, x, s + 2 * ld), HIGH_HALF);
      FloatVector u3 =
          FloatVector.fromArray(S, x, p + 3 * ld)
              .blend(FloatVector.fromArray(S, x, s + 3 * ld), HIGH_HALF);
      FloatVector u4 =
          FloatVector.fromArray(S, x, p + 4 * ld)
              .blend(FloatVector.fromArray(S, x, s + 4 * ld), HIGH_HALF);
      FloatVector u5 =
          FloatVector.fromArray(S, x, p + 5 * ld)
              .blend(FloatVector.fromArray(S, x, s + 5 * ld), HIGH_HALF);
      FloatVector u6 =
          FloatVector.fromArray(S, x, p + 6 * ld)
              .blend(FloatVector.fromArray(S, x, s + 6 * ld), HIGH_HALF);
      FloatVector u7 =
          FloatVector.fromArray(S, x, p + 7 * ld)
              .blend(FloatVector.fromArray(S, x, s + 7 * ld), HIGH_HALF);
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
      v0.rearrange(SWAP_1).blend(v1, ODD).intoArray(y, q + step);
      v2.blend(v3.rearrange(SWAP_1), ODD).intoArray(y, q + 2 * step);
      v2.rearrange(SWAP_1).blend(v3, ODD).intoArray(y, q + 3 * step);
      v4.blend(v5.rearrange(SWAP_1), ODD).intoArray(y, q + 4 * step);
      v4.rearrange(SWAP_1).blend(v5, ODD).intoArray(y, q + 5 * step);
      v6.blend(v7.rearrange(SWAP_1), ODD).intoArray(y, q + 6 * step);
      v6.rearrange(SWAP_1).blend(v7, ODD).intoArray(y, q + 7 * step);
      q += 8 * step;
    }
  }
}

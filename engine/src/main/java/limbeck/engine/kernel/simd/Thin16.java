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
 * Sixteen rows of a matrix, times one vector or two, with vectors of sixteen. Eight columns of the
 * matrix are transposed in registers, as in {@link Interleave16}, and multiplied at once: to store
 * them first takes half as long again.
 *
 * <p>The loops are in the methods, so that shuffles and masks stay in registers, and nothing is
 * shared between them: a method with vectors as arguments allocates them should the compiler not
 * inline it.
 */
final class Thin16 {
  private Thin16() {}

  /**
   * y[yAt + r] = Σ w[wAt + r ld + i] x[xAt + i xStep] for r < 16, an fma chain over i < k; k is a
   * multiple of 8.
   */
  static void one(
      float[] w, int wAt, int ld, int k, float[] x, int xAt, int xStep, float[] y, int yAt) {
    FloatVector y0 = FloatVector.zero(S);
    int at = xAt;
    for (int i = 0; i < k; i += 8) {
      int p = wAt + i;
      int s = p + 8 * ld - 8;
      FloatVector u0 =
          FloatVector.fromArray(S, w, p).blend(FloatVector.fromArray(S, w, s), HIGH_HALF);
      FloatVector u1 =
          FloatVector.fromArray(S, w, p + ld).blend(FloatVector.fromArray(S, w, s + ld), HIGH_HALF);
      FloatVector u2 =
          FloatVector.fromArray(S, w, p + 2 * ld)
              .blend(FloatVector.fromArray(S, w, s + 2 * ld), HIGH_HALF);
      FloatVector u3 =
          FloatVector.fromArray(S, w, p + 3 * ld)
              .blend(FloatVector.fromArray(S, w, s + 3 * ld), HIGH_HALF);
      FloatVector u4 =
          FloatVector.fromArray(S, w, p + 4 * ld)
              .blend(FloatVector.fromArray(S, w, s + 4 * ld), HIGH_HALF);
      FloatVector u5 =
          FloatVector.fromArray(S, w, p + 5 * ld)
              .blend(FloatVector.fromArray(S, w, s + 5 * ld), HIGH_HALF);
      FloatVector u6 =
          FloatVector.fromArray(S, w, p + 6 * ld)
              .blend(FloatVector.fromArray(S, w, s + 6 * ld), HIGH_HALF);
      FloatVector u7 =
          FloatVector.fromArray(S, w, p + 7 * ld)
              .blend(FloatVector.fromArray(S, w, s + 7 * ld), HIGH_HALF);
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
      y0 = v0.blend(v1.rearrange(SWAP_1), ODD).fma(FloatVector.broadcast(S, x[at]), y0);
      y0 = v0.rearrange(SWAP_1).blend(v1, ODD).fma(FloatVector.broadcast(S, x[at + xStep]), y0);
      y0 = v2.blend(v3.rearrange(SWAP_1), ODD).fma(FloatVector.broadcast(S, x[at + 2 * xStep]), y0);
      y0 = v2.rearrange(SWAP_1).blend(v3, ODD).fma(FloatVector.broadcast(S, x[at + 3 * xStep]), y0);
      y0 = v4.blend(v5.rearrange(SWAP_1), ODD).fma(FloatVector.broadcast(S, x[at + 4 * xStep]), y0);
      y0 = v4.rearrange(SWAP_1).blend(v5, ODD).fma(FloatVector.broadcast(S, x[at + 5 * xStep]), y0);
      y0 = v6.blend(v7.rearrange(SWAP_1), ODD).fma(FloatVector.broadcast(S, x[at + 6 * xStep]), y0);
      y0 = v6.rearrange(SWAP_1).blend(v7, ODD).fma(FloatVector.broadcast(S, x[at + 7 * xStep]), y0);
      at += 8 * xStep;
    }
    y0.intoArray(y, yAt);
  }

  /** As {@link #one}, and the same with x from {@code xAt + next} and y from {@code yAt + 16}. */
  static void two(
      float[] w,
      int wAt,
      int ld,
      int k,
      float[] x,
      int xAt,
      int xStep,
      int next,
      float[] y,
      int yAt) {
    FloatVector y0 = FloatVector.zero(S);
    FloatVector y1 = FloatVector.zero(S);
    int at = xAt;
    for (int i = 0; i < k; i += 8) {
      int p = wAt + i;
      int s = p + 8 * ld - 8;
      FloatVector u0 =
          FloatVector.fromArray(S, w, p).blend(FloatVector.fromArray(S, w, s), HIGH_HALF);
      FloatVector u1 =
          FloatVector.fromArray(S, w, p + ld).blend(FloatVector.fromArray(S, w, s + ld), HIGH_HALF);
      FloatVector u2 =
          FloatVector.fromArray(S, w, p + 2 * ld)
              .blend(FloatVector.fromArray(S, w, s + 2 * ld), HIGH_HALF);
      FloatVector u3 =
          FloatVector.fromArray(S, w, p + 3 * ld)
              .blend(FloatVector.fromArray(S, w, s + 3 * ld), HIGH_HALF);
      FloatVector u4 =
          FloatVector.fromArray(S, w, p + 4 * ld)
              .blend(FloatVector.fromArray(S, w, s + 4 * ld), HIGH_HALF);
      FloatVector u5 =
          FloatVector.fromArray(S, w, p + 5 * ld)
              .blend(FloatVector.fromArray(S, w, s + 5 * ld), HIGH_HALF);
      FloatVector u6 =
          FloatVector.fromArray(S, w, p + 6 * ld)
              .blend(FloatVector.fromArray(S, w, s + 6 * ld), HIGH_HALF);
      FloatVector u7 =
          FloatVector.fromArray(S, w, p + 7 * ld)
              .blend(FloatVector.fromArray(S, w, s + 7 * ld), HIGH_HALF);
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
      FloatVector w0 = v0.blend(v1.rearrange(SWAP_1), ODD);
      y0 = w0.fma(FloatVector.broadcast(S, x[at]), y0);
      y1 = w0.fma(FloatVector.broadcast(S, x[at + next]), y1);
      FloatVector w1 = v0.rearrange(SWAP_1).blend(v1, ODD);
      y0 = w1.fma(FloatVector.broadcast(S, x[at + xStep]), y0);
      y1 = w1.fma(FloatVector.broadcast(S, x[at + next + xStep]), y1);
      FloatVector w2 = v2.blend(v3.rearrange(SWAP_1), ODD);
      y0 = w2.fma(FloatVector.broadcast(S, x[at + 2 * xStep]), y0);
      y1 = w2.fma(FloatVector.broadcast(S, x[at + next + 2 * xStep]), y1);
      FloatVector w3 = v2.rearrange(SWAP_1).blend(v3, ODD);
      y0 = w3.fma(FloatVector.broadcast(S, x[at + 3 * xStep]), y0);
      y1 = w3.fma(FloatVector.broadcast(S, x[at + next + 3 * xStep]), y1);
      FloatVector w4 = v4.blend(v5.rearrange(SWAP_1), ODD);
      y0 = w4.fma(FloatVector.broadcast(S, x[at + 4 * xStep]), y0);
      y1 = w4.fma(FloatVector.broadcast(S, x[at + next + 4 * xStep]), y1);
      FloatVector w5 = v4.rearrange(SWAP_1).blend(v5, ODD);
      y0 = w5.fma(FloatVector.broadcast(S, x[at + 5 * xStep]), y0);
      y1 = w5.fma(FloatVector.broadcast(S, x[at + next + 5 * xStep]), y1);
      FloatVector w6 = v6.blend(v7.rearrange(SWAP_1), ODD);
      y0 = w6.fma(FloatVector.broadcast(S, x[at + 6 * xStep]), y0);
      y1 = w6.fma(FloatVector.broadcast(S, x[at + next + 6 * xStep]), y1);
      FloatVector w7 = v6.rearrange(SWAP_1).blend(v7, ODD);
      y0 = w7.fma(FloatVector.broadcast(S, x[at + 7 * xStep]), y0);
      y1 = w7.fma(FloatVector.broadcast(S, x[at + next + 7 * xStep]), y1);
      at += 8 * xStep;
    }
    y0.intoArray(y, yAt);
    y1.intoArray(y, yAt + 16);
  }
}

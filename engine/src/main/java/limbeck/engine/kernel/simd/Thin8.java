package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * N rows of a matrix, times two vectors, N = 8 or 4: as {@link Thin16}, four columns at a time, as
 * in {@link Interleave}.
 */
final class Thin8 {
  private Thin8() {}

  /**
   * y[yAt + r] = Σ w[wAt + r ld + i] x[xAt + i xStep] for r < N, an fma chain over i < k; k is a
   * multiple of 4. The same with x from {@code xAt + next} and y from {@code yAt + N}.
   */
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
    for (int i = 0; i < k; i += 4) {
      int p = wAt + i;
      FloatVector u0 = FloatVector.fromArray(S, w, p);
      FloatVector u1 = FloatVector.fromArray(S, w, p + ld);
      FloatVector u2 = FloatVector.fromArray(S, w, p + 2 * ld);
      FloatVector u3 = FloatVector.fromArray(S, w, p + 3 * ld);
      if (N == 8) {
        int s = p + 4 * ld - 4;
        u0 = u0.blend(FloatVector.fromArray(S, w, s), HIGH_HALF);
        u1 = u1.blend(FloatVector.fromArray(S, w, s + ld), HIGH_HALF);
        u2 = u2.blend(FloatVector.fromArray(S, w, s + 2 * ld), HIGH_HALF);
        u3 = u3.blend(FloatVector.fromArray(S, w, s + 3 * ld), HIGH_HALF);
      }
      FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
      FloatVector t1 = u0.rearrange(SWAP_1).blend(u1, ODD);
      FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
      FloatVector t3 = u2.rearrange(SWAP_1).blend(u3, ODD);
      FloatVector w0 = t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS);
      y0 = w0.fma(FloatVector.broadcast(S, x[at]), y0);
      y1 = w0.fma(FloatVector.broadcast(S, x[at + next]), y1);
      FloatVector w1 = t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS);
      y0 = w1.fma(FloatVector.broadcast(S, x[at + xStep]), y0);
      y1 = w1.fma(FloatVector.broadcast(S, x[at + next + xStep]), y1);
      FloatVector w2 = t0.rearrange(SWAP_2).blend(t2, HIGH_PAIRS);
      y0 = w2.fma(FloatVector.broadcast(S, x[at + 2 * xStep]), y0);
      y1 = w2.fma(FloatVector.broadcast(S, x[at + next + 2 * xStep]), y1);
      FloatVector w3 = t1.rearrange(SWAP_2).blend(t3, HIGH_PAIRS);
      y0 = w3.fma(FloatVector.broadcast(S, x[at + 3 * xStep]), y0);
      y1 = w3.fma(FloatVector.broadcast(S, x[at + next + 3 * xStep]), y1);
      at += 4 * xStep;
    }
    y0.intoArray(y, yAt);
    y1.intoArray(y, yAt + N);
  }
}

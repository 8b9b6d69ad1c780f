package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.EVEN;
import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.LOW_HALF;
import static limbeck.engine.kernel.simd.Exchange.LOW_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Exchange.SWAP_HALVES;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;
import static limbeck.engine.kernel.simd.Width.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** Transposes N / 2 rows into a panel, N = 8 or 16, for packing: moves numbers only. */
final class InterleaveHalf {
  /** Exchanges the second and third quarter of a vector. */
  private static final VectorShuffle<Float> SWAP_MIDDLE =
      VectorShuffle.fromOp(S, i -> i / 4 == 1 || i / 4 == 2 ? i ^ 12 : i);

  private InterleaveHalf() {}

  /** y[yAt + i N / 2 + r] = x[xAt + r ld + i] for r < N / 2, i < k. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt) {
    int i = 0;
    for (; i + 8 <= k; i += 8) {
      eight(x, xAt + i, ld, y, yAt + i * (N / 2));
    }
    for (; i < k; i++) {
      for (int r = 0; r < N / 2; r++) {
        y[yAt + i * (N / 2) + r] = x[xAt + r * ld + i];
      }
    }
  }

  /**
   * Eight columns: 4 × 4 blocks are transposed side by side; then each vector holds columns i and i
   * + 4.
   */
  private static void eight(float[] x, int p, int ld, float[] y, int q) {
    FloatVector u0 = pair(x, p, ld);
    FloatVector u1 = pair(x, p + ld, ld);
    FloatVector u2 = pair(x, p + 2 * ld, ld);
    FloatVector u3 = pair(x, p + 3 * ld, ld);
    FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
    FloatVector t1 = u1.blend(u0.rearrange(SWAP_1), EVEN);
    FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
    FloatVector t3 = u3.blend(u2.rearrange(SWAP_1), EVEN);
    store(
        t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS),
        t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS),
        y,
        q);
    store(
        t2.blend(t0.rearrange(SWAP_2), LOW_PAIRS),
        t3.blend(t1.rearrange(SWAP_2), LOW_PAIRS),
        y,
        q + N);
  }

  /** Columns (i, i + 4) and (i + 1, i + 5) become (i, i + 1) and (i + 4, i + 5). */
  private static void store(FloatVector v, FloatVector w, float[] y, int q) {
    v.blend(w.rearrange(SWAP_HALVES), HIGH_HALF).intoArray(y, q);
    w.blend(v.rearrange(SWAP_HALVES), LOW_HALF).intoArray(y, q + 2 * N);
  }

  /**
   * Eight columns of row r, then (N = 16) of row r + 4, the quarters in the order that the
   * transposition wants.
   */
  private static FloatVector pair(float[] x, int p, int ld) {
    FloatVector v = load(x, p);
    return N < 16 ? v : v.blend(load(x, p + 4 * ld - 8), HIGH_HALF).rearrange(SWAP_MIDDLE);
  }
}

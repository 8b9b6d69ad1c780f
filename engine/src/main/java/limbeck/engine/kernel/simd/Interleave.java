package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.EVEN;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.LOW_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.load;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Transposes N rows into a panel, for packing: moves numbers only. */
final class Interleave {
  private static final VectorMask<Float> GROUP_1 = Exchange.lanes(0x00f0);
  private static final VectorMask<Float> GROUP_2 = Exchange.lanes(0x0f00);
  private static final VectorMask<Float> GROUP_3 = Exchange.lanes(0xf000);

  private Interleave() {}

  /** y[yAt + i step + r] = x[xAt + r ld + i] for r < N, i < k. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt, int step) {
    int i = 0;
    for (; i + 4 <= k; i += 4) {
      four(x, xAt + i, ld, y, yAt + i * step, step);
    }
    for (; i < k; i++) {
      for (int r = 0; r < N; r++) {
        y[yAt + i * step + r] = x[xAt + r * ld + i];
      }
    }
  }

  /** Four columns: transposes 4 × 4 blocks, up to four side by side, in two steps of exchange. */
  private static void four(float[] x, int p, int ld, float[] y, int q, int step) {
    FloatVector u0 = groups(x, p, ld);
    FloatVector u1 = groups(x, p + ld, ld);
    FloatVector u2 = groups(x, p + 2 * ld, ld);
    FloatVector u3 = groups(x, p + 3 * ld, ld);
    FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
    FloatVector t1 = u1.blend(u0.rearrange(SWAP_1), EVEN);
    FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
    FloatVector t3 = u3.blend(u2.rearrange(SWAP_1), EVEN);
    t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q);
    t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q + step);
    t2.blend(t0.rearrange(SWAP_2), LOW_PAIRS).intoArray(y, q + 2 * step);
    t3.blend(t1.rearrange(SWAP_2), LOW_PAIRS).intoArray(y, q + 3 * step);
  }

  /**
   * Four columns of row r in lanes 0 to 3, of row r + 4 in lanes 4 to 7 and so on. Whole vectors
   * are read and blended; what they read beside their lanes lies between the first row's first
   * column and the last row's fourth.
   */
  private static FloatVector groups(float[] x, int p, int ld) {
    FloatVector v = load(x, p);
    if (N >= 8) {
      v = v.blend(load(x, p + 4 * ld - 4), GROUP_1);
    }
    if (N == 16) {
      v = v.blend(load(x, p + 8 * ld - 8), GROUP_2).blend(load(x, p + 12 * ld - 12), GROUP_3);
    }
    return v;
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.EVEN;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.LOW_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Transposes N rows, into a panel or a matrix: moves numbers only. */
final class Interleave {
  private static final VectorMask<Float> GROUP_1 = Exchange.lanes(0x00f0);
  private static final VectorMask<Float> GROUP_2 = Exchange.lanes(0x0f00);
  private static final VectorMask<Float> GROUP_3 = Exchange.lanes(0xf000);

  private Interleave() {}

  /** y[yAt + i step + r] = x[xAt + r ld + i] for r < N, i < k. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt, int step) {
    int blocks = N == 16 ? k & -16 : 0;
    for (int i = 0; i < blocks; i += 16) {
      Block16.transpose(x, xAt + i, ld, y, yAt + i * step, step);
    }
    int whole = k & -4;
    for (int i = blocks; i < whole; i += 4) {
      four(x, xAt + i, ld, y, yAt + i * step, step);
    }
    for (int i = whole; i < k; i++) {
      for (int r = 0; r < N; r++) {
        y[yAt + i * step + r] = x[xAt + r * ld + i];
      }
    }
  }

  /**
   * Four columns. First vectors are put together of four columns of row r in lanes 0 to 3, of row r
   * + 4 in lanes 4 to 7 and so on, by reading whole vectors and blending; what is read beside lies
   * between the first row's first column and the last row's fourth. Then the 4 × 4 blocks, side by
   * side, are transposed in two steps of exchange.
   *
   * <p>One method, however long: a helper with vectors as arguments allocates them should the
   * compiler not inline it.
   */
  private static void four(float[] x, int p, int ld, float[] y, int q, int step) {
    FloatVector u0 = FloatVector.fromArray(S, x, p);
    FloatVector u1 = FloatVector.fromArray(S, x, p + ld);
    FloatVector u2 = FloatVector.fromArray(S, x, p + 2 * ld);
    FloatVector u3 = FloatVector.fromArray(S, x, p + 3 * ld);
    if (N >= 8) {
      int s = p + 4 * ld - 4;
      u0 = u0.blend(FloatVector.fromArray(S, x, s), GROUP_1);
      u1 = u1.blend(FloatVector.fromArray(S, x, s + ld), GROUP_1);
      u2 = u2.blend(FloatVector.fromArray(S, x, s + 2 * ld), GROUP_1);
      u3 = u3.blend(FloatVector.fromArray(S, x, s + 3 * ld), GROUP_1);
    }
    if (N == 16) {
      int s = p + 8 * ld - 8;
      int t = p + 12 * ld - 12;
      u0 =
          u0.blend(FloatVector.fromArray(S, x, s), GROUP_2)
              .blend(FloatVector.fromArray(S, x, t), GROUP_3);
      u1 =
          u1.blend(FloatVector.fromArray(S, x, s + ld), GROUP_2)
              .blend(FloatVector.fromArray(S, x, t + ld), GROUP_3);
      u2 =
          u2.blend(FloatVector.fromArray(S, x, s + 2 * ld), GROUP_2)
              .blend(FloatVector.fromArray(S, x, t + 2 * ld), GROUP_3);
      u3 =
          u3.blend(FloatVector.fromArray(S, x, s + 3 * ld), GROUP_2)
              .blend(FloatVector.fromArray(S, x, t + 3 * ld), GROUP_3);
    }
    FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
    FloatVector t1 = u1.blend(u0.rearrange(SWAP_1), EVEN);
    FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
    FloatVector t3 = u3.blend(u2.rearrange(SWAP_1), EVEN);
    t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q);
    t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q + step);
    t2.blend(t0.rearrange(SWAP_2), LOW_PAIRS).intoArray(y, q + 2 * step);
    t3.blend(t1.rearrange(SWAP_2), LOW_PAIRS).intoArray(y, q + 3 * step);
  }
}

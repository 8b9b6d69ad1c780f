package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.HIGH_PAIRS;
import static limbeck.engine.kernel.simd.Exchange.ODD;
import static limbeck.engine.kernel.simd.Exchange.SWAP_1;
import static limbeck.engine.kernel.simd.Exchange.SWAP_2;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/** Transposes N rows, into a panel or a matrix: moves numbers only. */
final class Interleave {
  private Interleave() {}

  /** y[yAt + i step + r] = x[xAt + r ld + i] for r < N, i < k. */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int yAt, int step) {
    if (N == 16) {
      Interleave16.rows(x, xAt, ld, k & -8, y, yAt, step);
      rest(k & -8, x, xAt, ld, k, y, yAt, step);
    } else {
      for (int i = 0; i < (k & -4); i += 4) {
        four(x, xAt + i, ld, y, yAt + i * step, step);
      }
      rest(k & -4, x, xAt, ld, k, y, yAt, step);
    }
  }

  private static void rest(
      int from, float[] x, int xAt, int ld, int k, float[] y, int yAt, int step) {
    for (int i = from; i < k; i++) {
      for (int r = 0; r < N; r++) {
        y[yAt + i * step + r] = x[xAt + r * ld + i];
      }
    }
  }

  /**
   * Four columns. With N = 8, vectors are put together of four columns of row r in lanes 0 to 3 and
   * of row r + 4 in lanes 4 to 7, by reading whole vectors and blending; what is read beside lies
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
    if (N == 8) {
      int s = p + 4 * ld - 4;
      u0 = u0.blend(FloatVector.fromArray(S, x, s), HIGH_HALF);
      u1 = u1.blend(FloatVector.fromArray(S, x, s + ld), HIGH_HALF);
      u2 = u2.blend(FloatVector.fromArray(S, x, s + 2 * ld), HIGH_HALF);
      u3 = u3.blend(FloatVector.fromArray(S, x, s + 3 * ld), HIGH_HALF);
    }
    FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
    FloatVector t1 = u0.rearrange(SWAP_1).blend(u1, ODD);
    FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
    FloatVector t3 = u2.rearrange(SWAP_1).blend(u3, ODD);
    t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q);
    t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS).intoArray(y, q + step);
    t0.rearrange(SWAP_2).blend(t2, HIGH_PAIRS).intoArray(y, q + 2 * step);
    t1.rearrange(SWAP_2).blend(t3, HIGH_PAIRS).intoArray(y, q + 3 * step);
  }
}

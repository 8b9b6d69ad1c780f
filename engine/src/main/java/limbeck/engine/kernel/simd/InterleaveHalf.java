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
    int whole = k & -8;
    for (int i = 0; i < whole; i += 8) {
      eight(x, xAt + i, ld, y, yAt + i * (N / 2));
    }
    for (int i = whole; i < k; i++) {
      for (int r = 0; r < N / 2; r++) {
        y[yAt + i * (N / 2) + r] = x[xAt + r * ld + i];
      }
    }
  }

  /**
   * Eight columns. With N = 16, vectors are put together of eight columns of row r and eight of row
   * r + 4. Blocks of 4 × 4 are transposed as in {@link Interleave}; then each vector holds columns
   * i and i + 4, and halves are exchanged.
   */
  private static void eight(float[] x, int p, int ld, float[] y, int q) {
    FloatVector u0 = FloatVector.fromArray(S, x, p);
    FloatVector u1 = FloatVector.fromArray(S, x, p + ld);
    FloatVector u2 = FloatVector.fromArray(S, x, p + 2 * ld);
    FloatVector u3 = FloatVector.fromArray(S, x, p + 3 * ld);
    if (N == 16) {
      int s = p + 4 * ld - 8;
      u0 = u0.blend(FloatVector.fromArray(S, x, s), HIGH_HALF).rearrange(SWAP_MIDDLE);
      u1 = u1.blend(FloatVector.fromArray(S, x, s + ld), HIGH_HALF).rearrange(SWAP_MIDDLE);
      u2 = u2.blend(FloatVector.fromArray(S, x, s + 2 * ld), HIGH_HALF).rearrange(SWAP_MIDDLE);
      u3 = u3.blend(FloatVector.fromArray(S, x, s + 3 * ld), HIGH_HALF).rearrange(SWAP_MIDDLE);
    }
    FloatVector t0 = u0.blend(u1.rearrange(SWAP_1), ODD);
    FloatVector t1 = u1.blend(u0.rearrange(SWAP_1), EVEN);
    FloatVector t2 = u2.blend(u3.rearrange(SWAP_1), ODD);
    FloatVector t3 = u3.blend(u2.rearrange(SWAP_1), EVEN);
    FloatVector v0 = t0.blend(t2.rearrange(SWAP_2), HIGH_PAIRS);
    FloatVector v1 = t1.blend(t3.rearrange(SWAP_2), HIGH_PAIRS);
    FloatVector v2 = t2.blend(t0.rearrange(SWAP_2), LOW_PAIRS);
    FloatVector v3 = t3.blend(t1.rearrange(SWAP_2), LOW_PAIRS);
    v0.blend(v1.rearrange(SWAP_HALVES), HIGH_HALF).intoArray(y, q);
    v2.blend(v3.rearrange(SWAP_HALVES), HIGH_HALF).intoArray(y, q + N);
    v1.blend(v0.rearrange(SWAP_HALVES), LOW_HALF).intoArray(y, q + 2 * N);
    v3.blend(v2.rearrange(SWAP_HALVES), LOW_HALF).intoArray(y, q + 3 * N);
  }
}

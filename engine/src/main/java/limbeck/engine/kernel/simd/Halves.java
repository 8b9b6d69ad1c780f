package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Exchange.HIGH_HALF;
import static limbeck.engine.kernel.simd.Exchange.SWAP_HALVES;
import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Copies short pieces of rows, N numbers each, into two panels of N / 2 columns, for packing. Two
 * rows at a time, so that vectors are stored whole: halves through masks take twice as long.
 */
final class Halves {
  private Halves() {}

  /**
   * For c < N / 2, i < k: y[y0 + i N / 2 + c] = x[xAt + i ld + c], y[y1 + i N / 2 + c] = x[xAt + i
   * ld + N / 2 + c].
   */
  static void rows(float[] x, int xAt, int ld, int k, float[] y, int y0, int y1) {
    int whole = k & -2;
    pairs(x, xAt, ld, whole, y, y0, y1);
    if (whole < k) {
      System.arraycopy(x, xAt + whole * ld, y, y0 + whole * (N / 2), N / 2);
      System.arraycopy(x, xAt + whole * ld + N / 2, y, y1 + whole * (N / 2), N / 2);
    }
  }

  private static void pairs(float[] x, int xAt, int ld, int k, float[] y, int y0, int y1) {
    for (int i = 0; i < k; i += 2) {
      FloatVector u = FloatVector.fromArray(S, x, xAt + i * ld);
      FloatVector v = FloatVector.fromArray(S, x, xAt + i * ld + ld);
      u.blend(v.rearrange(SWAP_HALVES), HIGH_HALF).intoArray(y, y0 + i * (N / 2));
      u.rearrange(SWAP_HALVES).blend(v, HIGH_HALF).intoArray(y, y1 + i * (N / 2));
    }
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of one row of C by four vectors, two or one, operands at any stride.
 *
 * <p>All in one method: it must be too long to be inlined (325 bytes of code), as in the middle of
 * a larger one JDK 17 may allocate the accumulators on every step.
 */
final class Strip1 {
  private Strip1() {}

  /**
   * Like {@link Strip4#run}, one row.
   *
   * @param next with four vectors, where the second two of B lie after the first
   */
  static void run(
      int vectors,
      float[] a,
      int aAt,
      int aCol,
      float[] b,
      int bAt,
      int bStep,
      int next,
      int k,
      float[] c,
      int cAt,
      boolean resume) {
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    int p = aAt;
    int q = bAt;
    if (vectors == 4) {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      FloatVector c01 = FloatVector.fromArray(S, z, i + N);
      FloatVector c02 = FloatVector.fromArray(S, z, i + 2 * N);
      FloatVector c03 = FloatVector.fromArray(S, z, i + 3 * N);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        FloatVector b1 = FloatVector.fromArray(S, b, q + N);
        FloatVector b2 = FloatVector.fromArray(S, b, q + next);
        FloatVector b3 = FloatVector.fromArray(S, b, q + next + N);
        FloatVector a0 = FloatVector.broadcast(S, a[p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        c02 = a0.fma(b2, c02);
        c03 = a0.fma(b3, c03);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + N);
      c02.intoArray(c, cAt + 2 * N);
      c03.intoArray(c, cAt + 3 * N);
    } else if (vectors == 2) {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      FloatVector c01 = FloatVector.fromArray(S, z, i + N);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        FloatVector b1 = FloatVector.fromArray(S, b, q + N);
        FloatVector a0 = FloatVector.broadcast(S, a[p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + N);
    } else {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        c00 = FloatVector.broadcast(S, a[p]).fma(b0, c00);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
    }
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of two rows of C by two vectors or one, operands at any stride.
 *
 * <p>All in one method: it must be too long to be inlined (325 bytes of code), as in the middle of
 * a larger one JDK 17 may allocate the accumulators on every step. It calls nothing but the Vector
 * API, whose methods are always inlined: one of ours, where it is rarely reached while the compiler
 * watches, stays a call for good, and every vector around it an object.
 */
final class Strip2 {
  private Strip2() {}

  /** Like {@link Strip4#run}, two rows. */
  static void run(
      int vectors,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      int bStep,
      int k,
      float[] c,
      int cAt,
      int ldc,
      boolean resume) {
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    int step = resume ? ldc : 0;
    int p = aAt;
    int q = bAt;
    if (vectors == 2) {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      FloatVector c01 = FloatVector.fromArray(S, z, i + N);
      FloatVector c10 = FloatVector.fromArray(S, z, i + step);
      FloatVector c11 = FloatVector.fromArray(S, z, i + step + N);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        FloatVector b1 = FloatVector.fromArray(S, b, q + N);
        FloatVector a0 = FloatVector.broadcast(S, a[p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(S, a[p + aRow]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
      c01.intoArray(c, cAt + N);
      c10.intoArray(c, cAt + ldc);
      c11.intoArray(c, cAt + ldc + N);
    } else {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      FloatVector c10 = FloatVector.fromArray(S, z, i + step);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        c00 = FloatVector.broadcast(S, a[p]).fma(b0, c00);
        c10 = FloatVector.broadcast(S, a[p + aRow]).fma(b0, c10);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
      c10.intoArray(c, cAt + ldc);
    }
  }
}

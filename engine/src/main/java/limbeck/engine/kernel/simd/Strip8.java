package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of eight rows of C by one vector, operands at any stride, with two indices as in {@link
 * Strip8x2}.
 *
 * <p>All in one method: it must be too long to be inlined (325 bytes of code), as in the middle of
 * a larger one JDK 17 may allocate the accumulators on every step.
 */
final class Strip8 {
  private Strip8() {}

  /** Like {@link Strip4#run}, eight rows by one vector. */
  static void run(
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
    int p4 = aAt + 4 * aRow;
    int q = bAt;
    FloatVector c00 = FloatVector.fromArray(S, z, i);
    FloatVector c10 = FloatVector.fromArray(S, z, i + step);
    FloatVector c20 = FloatVector.fromArray(S, z, i + 2 * step);
    FloatVector c30 = FloatVector.fromArray(S, z, i + 3 * step);
    FloatVector c40 = FloatVector.fromArray(S, z, i + 4 * step);
    FloatVector c50 = FloatVector.fromArray(S, z, i + 5 * step);
    FloatVector c60 = FloatVector.fromArray(S, z, i + 6 * step);
    FloatVector c70 = FloatVector.fromArray(S, z, i + 7 * step);
    for (int x = 0; x < k; x++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      c00 = FloatVector.broadcast(S, a[p]).fma(b0, c00);
      c10 = FloatVector.broadcast(S, a[p + aRow]).fma(b0, c10);
      c20 = FloatVector.broadcast(S, a[p + 2 * aRow]).fma(b0, c20);
      c30 = FloatVector.broadcast(S, a[p + 3 * aRow]).fma(b0, c30);
      c40 = FloatVector.broadcast(S, a[p4]).fma(b0, c40);
      c50 = FloatVector.broadcast(S, a[p4 + aRow]).fma(b0, c50);
      c60 = FloatVector.broadcast(S, a[p4 + 2 * aRow]).fma(b0, c60);
      c70 = FloatVector.broadcast(S, a[p4 + 3 * aRow]).fma(b0, c70);
      p += aCol;
      p4 += aCol;
      q += bStep;
    }
    c00.intoArray(c, cAt);
    c10.intoArray(c, cAt + ldc);
    c20.intoArray(c, cAt + 2 * ldc);
    c30.intoArray(c, cAt + 3 * ldc);
    c40.intoArray(c, cAt + 4 * ldc);
    c50.intoArray(c, cAt + 5 * ldc);
    c60.intoArray(c, cAt + 6 * ldc);
    c70.intoArray(c, cAt + 7 * ldc);
  }
}

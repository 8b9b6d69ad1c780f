package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of eight rows of C by two vectors, operands at any stride: {@link Tile8x2} of operands that
 * are not packed. Two indices go along the rows, one for each four: with a single one the compiler
 * keeps seven distances, more than there are registers.
 *
 * <p>All in one method: it must be too long to be inlined (325 bytes of code), as in the middle of
 * a larger one JDK 17 may allocate the accumulators on every step.
 */
final class Strip8x2 {
  private Strip8x2() {}

  /** Like {@link Strip4#run}, eight rows by two vectors. */
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
    FloatVector c01 = FloatVector.fromArray(S, z, i + N);
    FloatVector c10 = FloatVector.fromArray(S, z, i + step);
    FloatVector c11 = FloatVector.fromArray(S, z, i + step + N);
    FloatVector c20 = FloatVector.fromArray(S, z, i + 2 * step);
    FloatVector c21 = FloatVector.fromArray(S, z, i + 2 * step + N);
    FloatVector c30 = FloatVector.fromArray(S, z, i + 3 * step);
    FloatVector c31 = FloatVector.fromArray(S, z, i + 3 * step + N);
    FloatVector c40 = FloatVector.fromArray(S, z, i + 4 * step);
    FloatVector c41 = FloatVector.fromArray(S, z, i + 4 * step + N);
    FloatVector c50 = FloatVector.fromArray(S, z, i + 5 * step);
    FloatVector c51 = FloatVector.fromArray(S, z, i + 5 * step + N);
    FloatVector c60 = FloatVector.fromArray(S, z, i + 6 * step);
    FloatVector c61 = FloatVector.fromArray(S, z, i + 6 * step + N);
    FloatVector c70 = FloatVector.fromArray(S, z, i + 7 * step);
    FloatVector c71 = FloatVector.fromArray(S, z, i + 7 * step + N);
    for (int x = 0; x < k; x++) {
      FloatVector b0 = FloatVector.fromArray(S, b, q);
      FloatVector b1 = FloatVector.fromArray(S, b, q + N);
      FloatVector a0 = FloatVector.broadcast(S, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[p + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[p + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[p + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a[p4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a[p4 + aRow]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(S, a[p4 + 2 * aRow]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(S, a[p4 + 3 * aRow]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      p += aCol;
      p4 += aCol;
      q += bStep;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + N);
    c10.intoArray(c, cAt + ldc);
    c11.intoArray(c, cAt + ldc + N);
    c20.intoArray(c, cAt + 2 * ldc);
    c21.intoArray(c, cAt + 2 * ldc + N);
    c30.intoArray(c, cAt + 3 * ldc);
    c31.intoArray(c, cAt + 3 * ldc + N);
    c40.intoArray(c, cAt + 4 * ldc);
    c41.intoArray(c, cAt + 4 * ldc + N);
    c50.intoArray(c, cAt + 5 * ldc);
    c51.intoArray(c, cAt + 5 * ldc + N);
    c60.intoArray(c, cAt + 6 * ldc);
    c61.intoArray(c, cAt + 6 * ldc + N);
    c70.intoArray(c, cAt + 7 * ldc);
    c71.intoArray(c, cAt + 7 * ldc + N);
  }
}

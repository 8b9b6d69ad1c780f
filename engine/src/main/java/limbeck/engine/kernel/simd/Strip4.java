package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/**
 * Tiles of four rows of C by two vectors or one, operands at any stride.
 *
 * <p>All in one method: it must be too long to be inlined (325 bytes of code), as in the middle of
 * a larger one JDK 17 may allocate the accumulators on every step.
 */
final class Strip4 {
  private Strip4() {}

  /**
   * Adds {@code k} products to a tile of C, one fma chain an element: C = A · B, or C += A · B if
   * {@code resume}. Element (row r, k i) of A is at {@code aAt + r aRow + i aCol}, element (k i,
   * column j) of B at {@code bAt + i bStep + j}.
   *
   * @param vectors width of the tile
   */
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
      FloatVector c20 = FloatVector.fromArray(S, z, i + 2 * step);
      FloatVector c21 = FloatVector.fromArray(S, z, i + 2 * step + N);
      FloatVector c30 = FloatVector.fromArray(S, z, i + 3 * step);
      FloatVector c31 = FloatVector.fromArray(S, z, i + 3 * step + N);
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
        p += aCol;
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
    } else {
      FloatVector c00 = FloatVector.fromArray(S, z, i);
      FloatVector c10 = FloatVector.fromArray(S, z, i + step);
      FloatVector c20 = FloatVector.fromArray(S, z, i + 2 * step);
      FloatVector c30 = FloatVector.fromArray(S, z, i + 3 * step);
      for (int x = 0; x < k; x++) {
        FloatVector b0 = FloatVector.fromArray(S, b, q);
        c00 = FloatVector.broadcast(S, a[p]).fma(b0, c00);
        c10 = FloatVector.broadcast(S, a[p + aRow]).fma(b0, c10);
        c20 = FloatVector.broadcast(S, a[p + 2 * aRow]).fma(b0, c20);
        c30 = FloatVector.broadcast(S, a[p + 3 * aRow]).fma(b0, c30);
        p += aCol;
        q += bStep;
      }
      c00.intoArray(c, cAt);
      c10.intoArray(c, cAt + ldc);
      c20.intoArray(c, cAt + 2 * ldc);
      c30.intoArray(c, cAt + 3 * ldc);
    }
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;
import static limbeck.engine.kernel.simd.Width.S;

import jdk.incubator.vector.FloatVector;

/** The register tile of 256 and 128 bit: four rows by two vectors of C, both operands packed. */
final class Tile4x2 {
  private Tile4x2() {}

  /**
   * Adds {@code k} products to a tile of C, one fma chain an element: C = A · B, or C += A · B if
   * {@code resume}.
   *
   * @param a panel of four rows: element (row r, k i) at {@code aAt + 4 i + r}
   * @param b panel of 2 N columns: element (k i, column j) at {@code bAt + 2 N i + j}
   */
  static void run(
      float[] a, int aAt, float[] b, int bAt, int k, float[] c, int cAt, int ldc, boolean resume) {
    float[] z = resume ? c : Tiles.ZEROS;
    int i = resume ? cAt : 0;
    int step = resume ? ldc : 0;
    FloatVector c00 = FloatVector.fromArray(S, z, i);
    FloatVector c01 = FloatVector.fromArray(S, z, i + N);
    FloatVector c10 = FloatVector.fromArray(S, z, i + step);
    FloatVector c11 = FloatVector.fromArray(S, z, i + step + N);
    FloatVector c20 = FloatVector.fromArray(S, z, i + 2 * step);
    FloatVector c21 = FloatVector.fromArray(S, z, i + 2 * step + N);
    FloatVector c30 = FloatVector.fromArray(S, z, i + 3 * step);
    FloatVector c31 = FloatVector.fromArray(S, z, i + 3 * step + N);
    for (int p = 0; p < 4 * k; p += 4) {
      FloatVector b0 = FloatVector.fromArray(S, b, bAt + p * (N / 2));
      FloatVector b1 = FloatVector.fromArray(S, b, bAt + p * (N / 2) + N);
      FloatVector a0 = FloatVector.broadcast(S, a[aAt + p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[aAt + p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[aAt + p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[aAt + p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + N);
    c10.intoArray(c, cAt + ldc);
    c11.intoArray(c, cAt + ldc + N);
    c20.intoArray(c, cAt + 2 * ldc);
    c21.intoArray(c, cAt + 2 * ldc + N);
    c30.intoArray(c, cAt + 3 * ldc);
    c31.intoArray(c, cAt + 3 * ldc + N);
  }
}

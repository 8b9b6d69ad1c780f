package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;

/**
 * One of the 16 products of Winograd's convolution: small, and of whole tiles, which read both
 * operands where they are.
 */
final class WinogradProduct {
  private WinogradProduct() {}

  /**
   * C[rows, n] = A · B, or C += A · B if {@code resume}. Element (row r, k i) of A is at {@code aAt
   * + r aRow + i aCol}; rows of B and C are n long.
   */
  static void run(
      int rows,
      int n,
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aCol,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      boolean resume) {
    int pairs = n / (2 * N) * (2 * N);
    for (int i = 0; i < rows; i += Tiles.ROWS) {
      int p = aAt + i * aRow;
      int q = cAt + i * n;
      for (int j = 0; j < pairs; j += 2 * N) {
        if (Tiles.ROWS == 8) {
          Strip8x2.run(a, p, aRow, aCol, b, bAt + j, n, k, c, q + j, n, resume);
        } else {
          Strip4.run(2, a, p, aRow, aCol, b, bAt + j, n, k, c, q + j, n, resume);
        }
      }
      if (pairs < n) {
        Strip8.run(a, p, aRow, aCol, b, bAt + pairs, n, k, c, q + pairs, n, resume);
      }
    }
  }
}

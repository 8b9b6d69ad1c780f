package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Width.N;

/** Register tiles by height and width: the fastest method for each. */
final class Tiles {
  /**
   * Rows of the tallest tile. 16 accumulators need the 32 registers of AVX-512; 8 fit the 16 of
   * AVX2, and hide the latency of fma on both.
   */
  static final int ROWS = N == 16 ? 8 : 4;

  /** Columns of the widest tile. */
  static final int COLUMNS = 2 * N;

  /** What a tile starts from when there is no partial sum: +0. */
  static final float[] ZEROS = new float[4 * N];

  private Tiles() {}

  /** Height of the row panel at row {@code i} of {@code end}: the tallest tile that fits. */
  static int height(int i, int end) {
    return Math.min(ROWS, Integer.highestOneBit(end - i));
  }

  /** A tile of h rows by two vectors or one, strides as in {@link Strip4#run}. */
  static void run(
      int h,
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
    if (h == 8 && vectors == 1) {
      Strip8.run(a, aAt, aRow, aCol, b, bAt, bStep, k, c, cAt, ldc, resume);
    } else if (h == 8) {
      Strip8x2.run(a, aAt, aRow, aCol, b, bAt, bStep, k, c, cAt, ldc, resume);
    } else if (h == 4) {
      Strip4.run(vectors, a, aAt, aRow, aCol, b, bAt, bStep, k, c, cAt, ldc, resume);
    } else if (h == 2) {
      Strip2.run(vectors, a, aAt, aRow, aCol, b, bAt, bStep, k, c, cAt, ldc, resume);
    } else {
      Strip1.run(vectors, a, aAt, aCol, b, bAt, bStep, 0, k, c, cAt, resume);
    }
  }
}

package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;
import static limbeck.engine.kernel.simd.Tiles.ROWS;
import static limbeck.engine.kernel.simd.Width.N;

/** How a product is cut for the caches: by its shape alone. */
final class Segments {
  /** Longest piece of k: a row panel of so many columns stays in the first-level cache. */
  private static final int LONGEST = 512;

  /** Floats of op(B) that stay in the second-level cache while row panels pass by. */
  private static final int CACHED = 3 << 16;

  /** Multiplications of a piece of C that is worth handing to another thread. */
  private static final long WORTHWHILE = 1 << 22;

  private Segments() {}

  /** Pieces of nearly equal length into which {@code k} of a block are cut. */
  static int count(int k) {
    return (k + LONGEST - 1) / LONGEST;
  }

  /** Where piece {@code s} of {@link #count} starts. */
  static int start(int s, int k) {
    return (int) ((long) k * s / Math.max(1, count(k)));
  }

  /** Columns of C in a piece, a multiple of the widest tile's, for products over {@code k}. */
  static int columns(int m, int n, int k) {
    int most = Math.max(COLUMNS, CACHED / Math.max(1, Math.min(k, LONGEST)));
    if ((long) m * most * k > 2 * WORTHWHILE) { // too few rows to cut instead
      int rows = Math.min(m, 2 * ROWS);
      most = (int) Math.min(most, Math.max(4L * N, WORTHWHILE / Math.max(1, (long) rows * k)));
    }
    return even(n, most, COLUMNS);
  }

  /**
   * Rows of C in a piece of so many columns, a multiple of the tallest tile's.
   *
   * @param fewest rows to have at least where there are so many
   */
  static int rows(int m, int columns, int k, int fewest) {
    long most = Math.max(fewest, WORTHWHILE / Math.max(1, (long) columns * k));
    return even(m, (int) Math.min(m, most), ROWS);
  }

  /** The size of nearly equal pieces of at most about {@code most}, a multiple of {@code unit}. */
  private static int even(int total, int most, int unit) {
    int pieces = Math.max(1, (total + most - 1) / Math.max(1, most));
    int size = (total + pieces - 1) / pieces;
    return Math.max(unit, (size + unit - 1) / unit * unit);
  }
}

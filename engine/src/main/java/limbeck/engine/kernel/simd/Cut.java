package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;

/**
 * How C is cut into pieces, which threads share: a grid of {@link #down} × {@link #across}, of
 * whole panels but for the last ones, and as nearly equal as panels allow.
 *
 * <p>Unlike the chunks of other loops it depends on the number of threads. That cannot show: an
 * element of a product depends on its row and its column alone. So a product of a few microseconds
 * falls into one piece for each thread, and with one thread into as few as the caches want.
 */
final class Cut {
  /** Floats of op(B) that stay in the second-level cache while row panels pass by. */
  private static final int CACHED = 3 << 16;

  /** Multiplications of a piece of many rows: enough to pack a row panel for. */
  private static final long WORTHWHILE = 1 << 22;

  /**
   * Multiplications worth handing to another thread: some 5 µs, where a hand-off to a thread that
   * still spins takes half of one.
   */
  private static final long LEAST = 1 << 18;

  /** Multiplications that are one piece, as {@link #cut} would say after some divisions. */
  private static final int ONE_PIECE = 1 << 17;

  /** Rows up to which columns are cut alone: threads then read different parts of op(B). */
  static final int FEW_ROWS = 128;

  /** Pieces a thread from which on it does not matter that one has one more. */
  private static final int MANY = 4;

  private int m;
  private int n;
  private int rowUnit;

  /** Pieces of the rows. */
  int down;

  /** Pieces of the columns. */
  int across;

  /**
   * Cuts C[m, n].
   *
   * @param k terms of an element, all of them
   * @param segment of these, at a time
   * @param rowUnit rows that a piece should have a multiple of
   * @param fewest rows to have at least, and a multiple of, where there are so many
   * @param columnsOutside whether op(B) passes by once, so that caches do not ask for pieces
   * @param threads that share the pieces
   */
  void set(
      int m,
      int n,
      int k,
      int segment,
      int rowUnit,
      int fewest,
      boolean columnsOutside,
      int threads) {
    this.m = m;
    this.n = n;
    this.rowUnit = rowUnit;
    if ((long) m * n * k <= ONE_PIECE) {
      down = 1;
      across = 1;
    } else {
      int columns = columnsOutside ? n : Math.max(COLUMNS, CACHED / Math.max(1, segment));
      cut(k, segment, columns, fewest, threads);
    }
  }

  private void cut(int k, int segment, int mostColumns, int fewest, int threads) {
    across = pieces(n, mostColumns);
    long columns = pieces(n, across);
    long rows = Math.max(fewest, WORTHWHILE / Math.max(1, columns * segment));
    down = m <= FEW_ROWS ? 1 : pieces(m, (int) Math.min(m, rows));
    share((int) Math.min(threads, (long) m * n * k / LEAST));
    if (down > MANY * threads) {
      this.rowUnit = fewest;
    }
  }

  /** Has each of so many threads the same number of pieces, where they are few. */
  private void share(int threads) {
    int pieces = pieces();
    if (threads > 1 && pieces < MANY * threads && pieces % threads != 0) {
      if (m <= FEW_ROWS && pieces(n, COLUMNS) >= threads) {
        across = multiple(across, threads, pieces(n, COLUMNS));
      } else {
        down = multiple(down, threads, pieces(m, rowUnit));
      }
    }
  }

  private static int multiple(int pieces, int threads, int most) {
    return Math.min(most, pieces(pieces, threads) * threads);
  }

  private static int pieces(int total, int each) {
    return (total + each - 1) / each;
  }

  int pieces() {
    return down * across;
  }

  /** The first row of piece {@code i} of {@link #down}; of that after the last: m. */
  int row(int i) {
    return start(i, down, m, rowUnit);
  }

  /** The first column of piece {@code j} of {@link #across}; of that after the last: n. */
  int column(int j) {
    return start(j, across, n, COLUMNS);
  }

  private static int start(int piece, int pieces, int total, int unit) {
    int units = (int) ((long) pieces(total, unit) * piece / pieces);
    return (int) Math.min(total, (long) units * unit);
  }
}

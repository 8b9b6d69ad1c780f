package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Sums over the rows of a matrix, as bias gradients need. Order: blocks of {@value #BLOCK} rows,
 * within a block rows ascending, then block values ascending, each sum starting from its first
 * term; 0 rows give +0.
 */
public final class ColumnSum {
  /** Rows of one block. */
  public static final int BLOCK = 256;

  /** Columns that are summed at a time: with fewer, calls cost more than additions. */
  private static final int STRIP = 128;

  private ColumnSum() {}

  /** Units of work of {@link #forward}: strips of neighbouring columns. */
  public static int units(int n) {
    return n / STRIP + (n % STRIP == 0 ? 0 : 1);
  }

  /** Additions that a unit of work takes. */
  public static long cost(int rows, int n) {
    return (long) rows * Math.min(n, STRIP);
  }

  /**
   * y[j] = Σ over rows of x[row, j], for the columns of units {@code from} to {@code to}.
   *
   * @param x {@code rows} rows of length {@code n}
   * @param block scratch of n elements
   */
  public static void forward(
      Rows r, Tensor x, int rows, int n, Tensor block, Tensor y, int from, int to) {
    int j = from * STRIP;
    int columns = Math.min(n - j, (to - from) * STRIP);
    if (rows == 0) {
      r.fill(0, y, j, columns);
    }
    for (int start = 0; start < rows; start += BLOCK) {
      Tensor sum = start == 0 ? y : block;
      r.copy(x, start * n + j, sum, j, columns);
      for (int row = start + 1; row < Math.min(rows, start + BLOCK); row++) {
        r.add(sum, j, x, row * n + j, sum, j, columns);
      }
      if (start > 0) {
        r.add(y, j, block, j, y, j, columns);
      }
    }
  }

  /** How many blocks so many rows make. */
  public static int blocks(int rows) {
    return rows / BLOCK + (rows % BLOCK == 0 ? 0 : 1);
  }

  /**
   * The sum of one block of rows, into row {@code block} of {@code sums}: for ops that go over
   * blocks side by side, then {@link #addBlocks} them.
   */
  public static void block(Rows r, Tensor x, int rows, int n, Tensor sums, int block) {
    int first = block * BLOCK;
    block(r, x, first * n, Math.min(rows - first, BLOCK), n, sums, block * n, n);
  }

  /**
   * The sum of one block of rows, for some columns: y[j + t] = Σ over rows of x[i + row·n + t], for
   * t below {@code columns}.
   *
   * @param rows 1 to {@value #BLOCK}
   * @param n from one row to the next
   */
  public static void block(Rows r, Tensor x, int i, int rows, int n, Tensor y, int j, int columns) {
    r.copy(x, i, y, j, columns);
    for (int row = 1; row < rows; row++) {
      r.add(y, j, x, i + row * n, y, j, columns);
    }
  }

  /** y = the sum of all block values, rows of length {@code n}, ascending; +0 of none. */
  public static void addBlocks(Rows r, Tensor sums, int blocks, int n, Tensor y) {
    if (blocks == 0) {
      r.fill(0, y, 0, n);
    } else {
      addBlocks(r, sums, 0, blocks, n, y, 0, n);
    }
  }

  /**
   * The sum of block values, for some columns: y[j + t] = Σ over blocks of sums[i + block·n + t],
   * for t below {@code columns}.
   *
   * @param blocks at least 1
   * @param n from one block to the next
   */
  public static void addBlocks(
      Rows r, Tensor sums, int i, int blocks, int n, Tensor y, int j, int columns) {
    r.copy(sums, i, y, j, columns);
    for (int block = 1; block < blocks; block++) {
      r.add(y, j, sums, i + block * n, y, j, columns);
    }
  }
}

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

  private ColumnSum() {}

  /**
   * y[j] = Σ over rows of x[row, j], for columns {@code from} to {@code to}.
   *
   * @param x {@code rows} rows of length {@code n}
   * @param block scratch of n elements
   */
  public static void forward(
      Rows r, Tensor x, int rows, int n, Tensor block, Tensor y, int from, int to) {
    int columns = to - from;
    if (rows == 0) {
      r.fill(0, y, from, columns);
    }
    for (int start = 0; start < rows; start += BLOCK) {
      Tensor sum = start == 0 ? y : block;
      r.copy(x, start * n + from, sum, from, columns);
      for (int row = start + 1; row < Math.min(rows, start + BLOCK); row++) {
        r.add(sum, from, x, row * n + from, sum, from, columns);
      }
      if (start > 0) {
        r.add(y, from, block, from, y, from, columns);
      }
    }
  }
}

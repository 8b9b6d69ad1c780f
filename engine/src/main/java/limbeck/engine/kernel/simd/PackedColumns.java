package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.scalar.Matrix;

/**
 * op(B), or its last columns, in panels: for each piece of k, panels of two vectors, the last of
 * one where that holds the columns that are left; it is filled up with zeros.
 */
final class PackedColumns implements Gemm.Packed {
  private float[] panels = {};
  private int n;
  private int k;
  private int firstColumn;
  private int firstRow;
  private int width;

  /**
   * Makes room for columns {@code firstColumn} to n and rows {@code firstRow} to {@code firstRow +
   * rows}.
   */
  void reserve(int n, int k, int firstColumn, int firstRow, int rows) {
    this.n = n;
    this.k = k;
    this.firstColumn = firstColumn;
    this.firstRow = firstRow;
    width = Math.addExact(n - firstColumn, N - 1) / N * N;
    int size = Math.multiplyExact(width, rows);
    if (panels.length < size) {
      panels = new float[size];
    }
  }

  @Override
  public int n() {
    return n;
  }

  @Override
  public int k() {
    return k;
  }

  float[] array() {
    return panels;
  }

  /**
   * Where the panel that starts at column j lies in the piece of rows {@code row} to {@code row +
   * length}.
   */
  int at(int j, int row, int length) {
    return width * (row - firstRow) + (j - firstColumn) * length;
  }

  /** How many pieces of work {@link #pack} has. */
  int units() {
    return (n - firstColumn + COLUMNS - 1) / COLUMNS;
  }

  /** Packs the columns of one unit, rows {@code row} to {@code row + length}. */
  void pack(Matrix b, int unit, int row, int length) {
    int j = firstColumn + unit * COLUMNS;
    int end = Math.min(n, j + COLUMNS);
    int wide = end - j > N ? COLUMNS : N;
    PackPanels.columns(b, j, end - j, row, length, panels, at(j, row, length), wide);
  }
}

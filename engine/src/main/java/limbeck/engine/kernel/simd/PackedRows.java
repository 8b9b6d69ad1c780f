package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.ROWS;

import limbeck.engine.kernel.scalar.Matrix;

/** Some rows of op(A) in panels of a tile's height, then of what is left. */
final class PackedRows {
  private float[] panels = {};
  private int first;
  private int end;
  private int firstColumn;

  /**
   * Makes room for rows {@code first} to {@code end}, columns {@code firstColumn} and {@code
   * columns - 1} more.
   */
  void reserve(int first, int end, int firstColumn, int columns) {
    this.first = first;
    this.end = end;
    this.firstColumn = firstColumn;
    int size = Math.multiplyExact(end - first, columns);
    if (panels.length < size) {
      panels = new float[size];
    }
  }

  float[] array() {
    return panels;
  }

  /**
   * Where the panel that starts at row i lies in the piece of columns {@code column} to {@code
   * column + length}.
   */
  int at(int i, int column, int length) {
    return (end - first) * (column - firstColumn) + (i - first) * length;
  }

  /** How many pieces of work {@link #pack} has. */
  int units() {
    return (end - first + ROWS - 1) / ROWS;
  }

  /** Packs the rows of one unit, columns {@code column} to {@code column + length}. */
  void pack(Matrix a, int unit, int column, int length) {
    int i = first + unit * ROWS;
    int last = Math.min(end, i + ROWS);
    while (i < last) {
      int h = Tiles.height(i, last);
      PackPanels.rows(a, i, h, column, length, panels, at(i, column, length));
      i += h;
    }
  }
}

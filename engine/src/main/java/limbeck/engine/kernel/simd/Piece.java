package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.COLUMNS;
import static limbeck.engine.kernel.simd.Tiles.ROWS;
import static limbeck.engine.kernel.simd.Width.N;

/**
 * A rectangle of C and the tiles that make it up; for one thread. A row panel of A stays in the
 * first-level cache while column panels of B, which fit the second-level cache, pass by. Where rows
 * are few, all of A stays in the second-level cache, and B, of any size, passes by once.
 */
final class Piece {
  /** Columns that pass by together: one row by two panels is a tile of its own. */
  private static final int TOGETHER = 2 * COLUMNS;

  /** Columns that are finished together: few calls, and the numbers are still in the cache. */
  private static final int FINISHED = 8 * COLUMNS;

  private final Operands o;
  private final PackedRows rows = new PackedRows();
  private final float[] edge = new float[ROWS * COLUMNS];

  /** The range of k, and whether C holds the sum so far. */
  private int k;

  private int count;
  private boolean resume;

  /**
   * The row panel at work: its height, where it lies, its strides, and where its first row of C
   * starts.
   */
  private int height;

  private float[] x;
  private int xAt;
  private int xRow;
  private int xColumn;
  private int at;

  Piece(Operands operands) {
    o = operands;
  }

  /**
   * Rows i to {@code endI}, columns j to {@code endJ} of C, over k to {@code k + count}.
   *
   * @param resume whether C holds the sum so far
   * @param last whether the elements are final afterwards
   */
  void run(int i, int endI, int j, int endJ, int k, int count, boolean resume, boolean last) {
    this.k = k;
    this.count = count;
    this.resume = resume;
    boolean finishes = last && o.finish != null;
    rows.clear();
    if (o.columnsOutside) {
      columnPanels(i, endI, j, endJ, finishes);
    } else {
      rowPanels(i, endI, j, endJ, finishes);
    }
    x = null;
  }

  private void columnPanels(int i, int endI, int j, int endJ, boolean finishes) {
    for (int from = j; from < endJ; from += FINISHED) {
      int to = Math.min(endJ, from + FINISHED);
      for (int column = from; column < to; column += TOGETHER) {
        rowPanels(i, endI, column, Math.min(to, column + TOGETHER), false);
      }
      if (finishes) {
        finish(i, endI, from, to);
      }
    }
  }

  private void rowPanels(int i, int endI, int j, int endJ, boolean finishes) {
    while (i < endI) {
      height = Tiles.height(i, endI);
      panel(i, endI);
      strip(j, endJ);
      if (finishes) {
        finish(i, i + height, j, endJ);
      }
      i += height;
    }
  }

  private void finish(int i, int endI, int j, int endJ) {
    for (int row = i; row < endI; row++) {
      o.finish.run(row, j, endJ);
    }
  }

  private void panel(int i, int endI) {
    at = o.cAt + i * o.ldc;
    if (o.rowsPacked && height == ROWS) {
      xAt = rows.at(o.a, i, endI, k, count, o.columnsOutside);
      x = rows.array();
      xRow = 1;
      xColumn = ROWS;
    } else {
      x = o.a.array;
      xAt = o.a.at(i, k);
      xRow = o.a.rowStep;
      xColumn = o.a.columnStep;
    }
  }

  private void strip(int j, int endJ) {
    if (height == 1) {
      for (; j + 2 * COLUMNS <= endJ; j += 2 * COLUMNS) {
        longTile(j);
      }
    }
    boolean full = height == ROWS && o.rowsPacked;
    for (; j + COLUMNS <= endJ; j += COLUMNS) {
      if (full) {
        fullTile(j, o.c, at + j, o.ldc);
      } else {
        tile(2, j, o.c, at + j, o.ldc);
      }
    }
    if (endJ - j == N || endJ - j > N && j < o.packedFrom) {
      tile(1, j, o.c, at + j, o.ldc);
      j += N;
    }
    if (j < endJ) {
      edge(j, endJ - j);
    }
  }

  private void fullTile(int j, float[] c, int cAt, int ldc) {
    int from = o.columns.at(j, k, count);
    if (ROWS == 8) {
      Tile8x2.run(x, xAt, o.columns.array(), from, count, c, cAt, ldc, resume);
    } else {
      Tile4x2.run(x, xAt, o.columns.array(), from, count, c, cAt, ldc, resume);
    }
  }

  /** One row by two column panels: two would not hide the latency of fma. */
  private void longTile(int j) {
    boolean packed = j >= o.packedFrom;
    float[] y = packed ? o.columns.array() : o.b.array;
    int yAt = packed ? o.columns.at(j, k, count) : o.b.at(k, j);
    int step = packed ? COLUMNS : o.b.rowStep;
    int next = packed ? COLUMNS * count : COLUMNS;
    Strip1.run(4, x, xAt, xColumn, y, yAt, step, next, count, o.c, at + j, resume);
  }

  private void tile(int vectors, int j, float[] c, int cAt, int ldc) {
    boolean packed = j >= o.packedFrom;
    float[] y = packed ? o.columns.array() : o.b.array;
    int yAt = packed ? o.columns.at(j, k, count) : o.b.at(k, j);
    int step = packed ? vectors * N : o.b.rowStep;
    Tiles.run(height, vectors, x, xAt, xRow, xColumn, y, yAt, step, count, c, cAt, ldc, resume);
  }

  /**
   * The last columns, not a multiple of a vector: a tile would reach past the row, so it writes
   * beside C.
   */
  private void edge(int j, int columns) {
    if (resume) {
      copy(o.c, at + j, o.ldc, edge, 0, COLUMNS, columns);
    }
    if (columns < N) {
      tile(1, j, edge, 0, COLUMNS);
    } else if (height == ROWS && o.rowsPacked) {
      fullTile(j, edge, 0, COLUMNS);
    } else {
      tile(2, j, edge, 0, COLUMNS);
    }
    copy(edge, 0, COLUMNS, o.c, at + j, o.ldc, columns);
  }

  private void copy(float[] from, int fromAt, int fromLd, float[] to, int toAt, int toLd, int n) {
    for (int r = 0; r < height; r++) {
      for (int j = 0; j < n; j++) {
        to[toAt + r * toLd + j] = from[fromAt + r * fromLd + j];
      }
    }
  }
}

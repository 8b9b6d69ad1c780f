package limbeck.engine.kernel.scalar;

import java.util.Arrays;

/**
 * Some rows of op(B) in strips of columns: four rows to an array, the last ones alone. Each array
 * starts at the strip's first column and its rows lie a constant distance apart, because C2
 * vectorizes a loop over several arrays only if no index has a variable offset.
 */
final class ColumnStrips {
  /** Columns of a strip. */
  static final int WIDTH = 256;

  private float[][] pieces = {};
  private int rows;
  private int perStrip;

  /** Makes room for so many rows and columns. */
  void reserve(int rows, int columns) {
    this.rows = rows;
    perStrip = rows / 4 + rows % 4;
    int count = perStrip * ((columns + WIDTH - 1) / WIDTH);
    if (pieces.length < count) {
      pieces = Arrays.copyOf(pieces, count);
    }
    for (int i = 0; i < count; i++) {
      pieces[i] = pieces[i] == null ? new float[4 * WIDTH] : pieces[i];
    }
  }

  /** Copies rows {@code row ..} and columns {@code column .. column + width} of b into a strip. */
  void pack(int strip, Matrix b, int row, int column, int width) {
    for (int r = 0; r < rows; r++) {
      float[] to = pieces[strip * perStrip + (r < rows / 4 * 4 ? r / 4 : r - rows / 4 * 3)];
      int at = r < rows / 4 * 4 ? r % 4 * WIDTH : 0;
      int from = b.at(row + r, column);
      int step = b.columnStep;
      for (int j = 0; j < width; j++) {
        to[at + j] = b.array[from + j * step];
      }
    }
  }

  /** y[j] = the fma chain from y[j] over x[i] times row i, j < width. */
  void accumulate(int strip, float[] x, int at, int step, float[] y, int width) {
    int piece = strip * perStrip;
    int p = at;
    for (int i = 0; i < rows / 4; i++) {
      Strip.four(x[p], x[p + step], x[p + 2 * step], x[p + 3 * step], pieces[piece++], y, width);
      p += 4 * step;
    }
    for (int i = 0; i < rows % 4; i++) {
      Strip.one(x[p], pieces[piece++], y, width);
      p += step;
    }
  }
}

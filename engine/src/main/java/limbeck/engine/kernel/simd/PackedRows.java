package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.ROWS;

import limbeck.engine.kernel.scalar.Matrix;

/**
 * Some panels of op(A), a tile's height each, packed by the thread that uses them just before it
 * does: one, which lies in the first-level cache then; of a transposed A more, which lie in the
 * second, because each row of it has numbers for all of them in few cache lines.
 */
final class PackedRows {
  /** Most panels at once; even. */
  static final int PANELS = 8;

  private float[] panels = {};
  private int first;
  private int end;

  /** Forgets the panels, whose numbers belong to another piece of k. */
  void clear() {
    end = first;
  }

  float[] array() {
    return panels;
  }

  /**
   * Where the panel of rows i to i + {@link Tiles#ROWS} lies; packed now if it is not there.
   *
   * @param endI rows from there on are not asked for
   */
  int at(Matrix a, int i, int endI, int k, int count) {
    if (i < first || i >= end) {
      int pairs = a.columnStep == 1 ? 0 : Math.min(PANELS, (endI - i) / ROWS) / 2;
      first = i;
      end = i + Math.max(1, 2 * pairs) * ROWS;
      reserve((end - first) * count);
      if (pairs == 0) {
        PackPanels.rows(a, i, k, count, panels, 0);
      }
      for (int pair = 0; pair < pairs; pair++) {
        int row = 2 * ROWS * pair;
        PackPanels.twoPanels(a, i + row, k, count, panels, row * count, ROWS * count);
      }
    }
    return (i - first) * count;
  }

  private void reserve(int size) {
    if (panels.length < size) {
      panels = new float[size];
    }
  }
}

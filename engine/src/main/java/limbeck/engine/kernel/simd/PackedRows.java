package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.ROWS;

import limbeck.engine.kernel.scalar.Matrix;

/**
 * One or two panels of op(A), a tile's height each, packed by the thread that uses them just before
 * it does: so they lie in the first-level cache, and nobody waits for a packed A.
 */
final class PackedRows {
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
      boolean two = a.columnStep != 1 && i + 2 * ROWS <= endI;
      first = i;
      end = two ? i + 2 * ROWS : i + ROWS;
      reserve(2 * ROWS * count);
      if (two) {
        PackPanels.twoPanels(a, i, k, count, panels, 0);
      } else {
        PackPanels.rows(a, i, k, count, panels, 0);
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

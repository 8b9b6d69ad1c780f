package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.Tiles.ROWS;

import limbeck.engine.kernel.scalar.Matrix;

/**
 * Some panels of op(A), a tile's height each, packed by the thread that uses them just before it
 * does: one, which lies in the first-level cache then; of a transposed A more, which lie in the
 * second, because each row of it has numbers for all of them in few cache lines. All, where that is
 * asked for.
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
   * @param all whether all whole panels before it are packed with it
   */
  int at(Matrix a, int i, int endI, int k, int count, boolean all) {
    if (i < first || i >= end) {
      int whole = (endI - i) / ROWS;
      int pairs = a.columnStep == 1 ? 0 : (all ? whole : Math.min(PANELS, whole)) / 2;
      int singles = all ? whole - 2 * pairs : pairs == 0 ? 1 : 0;
      first = i;
      end = i + (2 * pairs + singles) * ROWS;
      reserve((end - first) * count);
      pack(a, pairs, k, count);
    }
    return (i - first) * count;
  }

  /** So many panels by pairs, the others one by one. */
  private void pack(Matrix a, int pairs, int k, int count) {
    int row = 0;
    for (; row < 2 * ROWS * pairs; row += 2 * ROWS) {
      PackPanels.twoPanels(a, first + row, k, count, panels, row * count, ROWS * count);
    }
    for (; row < end - first; row += ROWS) {
      PackPanels.rows(a, first + row, k, count, panels, row * count);
    }
  }

  private void reserve(int size) {
    if (panels.length < size) {
      panels = new float[size];
    }
  }
}

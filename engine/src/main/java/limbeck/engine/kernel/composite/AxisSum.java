package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Sums over the middle axis of x[outer, terms, inner]: y[o, j] = Σ over t of x[o, t, j]. Order:
 * that of {@link Rows#sum} where the terms are neighbours, inner = 1, by {@link #ofNeighbours};
 * else that of {@link ColumnSum}, by {@link #ofBlocks} and, if there are several blocks of terms,
 * then {@link #ofSums}.
 */
public final class AxisSum {
  /** Columns that a unit of work adds up: they stay in the first-level cache. */
  private static final int STRIP = 1024;

  private AxisSum() {}

  /** Inner = 1, for elements {@code from} to {@code to} of y. */
  public static void ofNeighbours(Rows r, Tensor x, int terms, Tensor y, int from, int to) {
    for (int o = from; o < to; o++) {
      y.set(o, r.sum(x, o * terms, terms));
    }
  }

  /**
   * Units of work of {@link #ofBlocks}: one for each place, block of terms, and strip of columns.
   */
  public static int units(int outer, int terms, int inner) {
    return outer * ColumnSum.blocks(terms) * strips(inner);
  }

  /** Additions that a unit of work takes. */
  public static long cost(int terms, int inner) {
    return (long) Math.min(terms, ColumnSum.BLOCK) * Math.min(inner, STRIP);
  }

  private static int strips(int inner) {
    return inner / STRIP + (inner % STRIP == 0 ? 0 : 1);
  }

  /**
   * The sum of each block of terms, for units {@code from} to {@code to}.
   *
   * @param sums [outer, blocks, inner]: y itself if there is one block
   */
  public static void ofBlocks(
      Rows r, Tensor x, int terms, int inner, Tensor sums, int from, int to) {
    int strips = strips(inner);
    int blocks = ColumnSum.blocks(terms);
    for (int unit = from; unit < to; unit++) {
      int column = unit % strips * STRIP;
      int row = unit / strips; // of sums
      int first = row % blocks * ColumnSum.BLOCK;
      int rows = Math.min(terms - first, ColumnSum.BLOCK);
      int i = (row / blocks * terms + first) * inner + column;
      int columns = Math.min(inner - column, STRIP);
      ColumnSum.block(r, x, i, rows, inner, sums, row * inner + column, columns);
    }
  }

  /** The sums of all blocks' sums, for elements {@code from} to {@code to} of y. */
  public static void ofSums(
      Rows r, Tensor sums, int blocks, int inner, Tensor y, int from, int to) {
    int columns;
    for (int j = from; j < to; j += columns) {
      int column = j % inner;
      columns = Math.min(inner - column, to - j);
      int i = j / inner * blocks * inner + column;
      ColumnSum.addBlocks(r, sums, i, blocks, inner, y, j, columns);
    }
  }
}

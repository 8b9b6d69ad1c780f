package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/**
 * A table of vectors, one for each word: ids [...] of type I32 give [..., width], with a parameter
 * {@code weight} [rows, width].
 *
 * <p>A batch touches few rows, and its gradient is kept as such: see {@link
 * Parameter#touchedRows()}, and {@link limbeck.autograd.optim.LazyAdam} for an optimizer that makes
 * use of it. Where other ops use the same weight, as an output layer may do, it is dense.
 */
public final class Embedding extends Module {
  private final limbeck.engine.op.nn.Embedding op;
  private final Parameter weight;

  /**
   * A table whose weights start standard normal.
   *
   * @throws IllegalArgumentException if there are no rows or no columns
   */
  public Embedding(int rows, int width) {
    this(rows, width, -1);
  }

  /**
   * A table with a row for padding, which starts as zeros and gets no gradient; the others start
   * standard normal.
   *
   * @param paddingIndex the row's number; −1 for none
   * @throws IllegalArgumentException if there are no rows or no columns, or not this one
   */
  public Embedding(int rows, int width, int paddingIndex) {
    this(rows, width, paddingIndex, Init.normal(1));
  }

  /**
   * A table with an initialiser of one's choice; the row of padding starts as zeros all the same.
   *
   * @throws IllegalArgumentException if there are no rows or no columns, or not that of padding
   */
  public Embedding(int rows, int width, int paddingIndex, Init init) {
    if (rows < 1 || width < 1) {
      throw new IllegalArgumentException(
          "embedding: " + rows + " rows of " + width + " numbers, 1 each at least");
    }
    if (paddingIndex >= rows) {
      throw new IllegalArgumentException(
          "embedding: padding index " + paddingIndex + " is no row of " + rows);
    }
    op = new limbeck.engine.op.nn.Embedding(paddingIndex);
    weight = parameter("weight", Shape.of(rows, width), withPadding(init, paddingIndex));
  }

  private static Init withPadding(Init init, int row) {
    return row < 0
        ? init
        : (t, random) -> {
          init.fill(t, random);
          t.slice(row, row + 1).fill(0);
        };
  }

  /** The table [rows, width]. */
  public Parameter weight() {
    return weight;
  }

  /** The rows with these numbers. */
  @Override
  public Var forward(Var ids) {
    return ids.apply(op, weight);
  }
}

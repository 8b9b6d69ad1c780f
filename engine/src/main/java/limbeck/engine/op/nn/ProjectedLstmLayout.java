package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.tensor.Tensor;

/** The sizes of one call of {@link ProjectedLstm}, and where its numbers lie. */
final class ProjectedLstmLayout extends BlockLayout {
  /** Elementary operations of a cell per unit. */
  private static final long CELL_COST = 20;

  /** Hidden units. */
  int n;

  /** Numbers of a projected state. */
  int p;

  private boolean reverse;

  ProjectedLstmLayout set(ProjectedLstm op, Tensor[] in) {
    n = in[4].shape().axis(1);
    p = in[4].shape().axis(0);
    reverse = op.reverse();
    set(in[0], op.lengths() ? in[5] : null);
    return this;
  }

  /** Elementary operations of a unit. */
  long cost() {
    long products = 4L * n * (width + p) + (long) n * p;
    return (products / Chunks.MULTIPLY_ADDS + CELL_COST * n) * steps * RecurrentOp.BLOCK;
  }

  /** The step of example b that is its {@code k}-th to be computed. */
  int time(int b, int k) {
    return time(reverse, b, k);
  }

  /** The row of the step of example b that is its {@code k}-th to be computed. */
  int row(int b, int k) {
    return sequences.firstRow(b) + time(b, k);
  }

  private int places() {
    return batch * steps;
  }

  /** Where saved gates lie. */
  int gates(int row) {
    return row * 4 * n;
  }

  /** Where saved cells lie. */
  int cell(int row) {
    return places() * 4 * n + row * n;
  }

  /** Where saved hidden states lie, before they are projected. */
  int hidden(int row) {
    return places() * 5 * n + row * n;
  }

  /** Where saved projected states lie, those that a row's step started from. */
  int before(int row) {
    return places() * 6 * n + row * p;
  }

  /** Where the result has the state after the {@code k}-th step of example b. */
  int result(int b, int k) {
    return (b * steps + time(b, k)) * p;
  }
}

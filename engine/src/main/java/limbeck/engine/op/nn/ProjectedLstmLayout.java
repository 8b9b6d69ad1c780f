package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.tensor.Tensor;

/** The sizes of one call of {@link ProjectedLstm}, and where its numbers lie. */
final class ProjectedLstmLayout {
  /** Elementary operations of a cell per unit. */
  private static final long CELL_COST = 20;

  final Sequences sequences = new Sequences();
  int batch;
  int steps;

  /** Numbers of an input. */
  int width;

  /** Hidden units. */
  int n;

  /** Numbers of a projected state. */
  int p;

  private boolean reverse;

  ProjectedLstmLayout set(ProjectedLstm op, Tensor[] in) {
    batch = in[0].shape().axis(0);
    steps = in[0].shape().axis(1);
    width = in[0].shape().last();
    n = in[4].shape().axis(1);
    p = in[4].shape().axis(0);
    reverse = op.reverse();
    sequences.set(op.lengths() ? in[5] : null, batch, steps);
    return this;
  }

  /** Pieces of work: the blocks of examples. */
  int units() {
    return (batch + RecurrentOp.BLOCK - 1) / RecurrentOp.BLOCK;
  }

  /** Elementary operations of a unit. */
  long cost() {
    long products = 4L * n * (width + p) + (long) n * p;
    return (products / Chunks.MULTIPLY_ADDS + CELL_COST * n) * steps * RecurrentOp.BLOCK;
  }

  /** The first example of a unit, by its position in the order of {@link #sequences}. */
  int first(int unit) {
    return unit * RecurrentOp.BLOCK;
  }

  /** One past the last example of a unit. */
  int end(int unit) {
    return Math.min(batch, first(unit) + RecurrentOp.BLOCK);
  }

  /** The step of example b that is its {@code k}-th to be computed. */
  int time(int b, int k) {
    return reverse ? sequences.length(b) - 1 - k : k;
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

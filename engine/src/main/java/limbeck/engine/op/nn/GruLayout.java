package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.tensor.Tensor;

/**
 * The sizes of one call of {@link Gru}, and where its numbers lie. The saved buffer holds the gates
 * of all rows, then the hidden states that they started from, with room for as many rows as there
 * are steps.
 */
final class GruLayout extends BlockLayout {
  /** Elementary operations of a cell per unit. */
  private static final long CELL_COST = 16;

  /** Hidden units. */
  int n;

  private boolean reverse;

  GruLayout set(Gru op, Tensor[] in) {
    n = in[2].shape().axis(1);
    reverse = op.reverse();
    set(in[0], op.lengths() ? in[Gru.LENGTHS] : null);
    return this;
  }

  /** Elementary operations of a unit. */
  long cost() {
    return (3L * n * (width + n) / Chunks.MULTIPLY_ADDS + CELL_COST * n)
        * steps
        * RecurrentOp.BLOCK;
  }

  /** The step of example b that is its {@code k}-th to be computed. */
  int time(int b, int k) {
    return time(reverse, b, k);
  }

  /** The row of the step of example b that is its {@code k}-th to be computed. */
  int row(int b, int k) {
    return sequences.firstRow(b) + time(b, k);
  }

  /** Where saved gates lie. */
  int gates(int row) {
    return row * 4 * n;
  }

  /** Where saved hidden states lie, those that a row's step started from. */
  int before(int row) {
    return batch * steps * 4 * n + row * n;
  }

  /** Where the result has the hidden state after the {@code k}-th step of example b. */
  int result(int b, int k) {
    return (b * steps + time(b, k)) * n;
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.exec.Chunks;
import limbeck.engine.tensor.Tensor;

/**
 * The sizes of one call of a {@link RecurrentOp}, and where its numbers lie. The saved buffer holds
 * for each direction the gates of all rows, then their cells, then the hidden states that they
 * started from, with room for as many rows as there are steps.
 */
final class LstmLayout extends BlockLayout {
  /** Elementary operations of a cell per unit. */
  private static final long CELL_COST = 20;

  RecurrentOp op;

  /** Hidden units. */
  int n;

  private int outWidth;

  LstmLayout set(RecurrentOp ofOp, Tensor[] in, Tensor out) {
    op = ofOp;
    n = in[2].shape().axis(1);
    outWidth = out.shape().last();
    set(in[0], op.lengths() ? in[op.lengthsOperand()] : null);
    return this;
  }

  /** Pieces of work: the blocks of examples in each direction. */
  int units() {
    return op.directions() * blocks();
  }

  /** Elementary operations of a unit. */
  long cost() {
    return (4L * n * (width + n) / Chunks.MULTIPLY_ADDS + CELL_COST * n)
        * steps
        * RecurrentOp.BLOCK;
  }

  int direction(int unit) {
    return unit / blocks();
  }

  /** The step of example b that is its {@code k}-th to be computed. */
  int time(int direction, int b, int k) {
    return time(op.reverse(direction), b, k);
  }

  /** The row of the step of example b that is its {@code k}-th to be computed. */
  int row(int direction, int b, int k) {
    return sequences.firstRow(b) + time(direction, b, k);
  }

  int gates(int direction, int row) {
    return direction * batch * steps * 6 * n + row * 4 * n;
  }

  int cell(int direction, int row) {
    return (direction * 6 + 4) * batch * steps * n + row * n;
  }

  int before(int direction, int row) {
    return (direction * 6 + 5) * batch * steps * n + row * n;
  }

  /** Whether the {@code k}-th step of example b has a place in the result. */
  boolean shows(int b, int k) {
    return !op.ends() || k == sequences.length(b) - 1;
  }

  /** Where the result has the hidden state after the {@code k}-th step of example b. */
  int result(int direction, int b, int k) {
    int place = op.ends() ? b : b * steps + time(direction, b, k);
    return place * outWidth + direction * n;
  }

  /** Where the result has example b's padding, which is all of it if only ends are asked for. */
  int padding(int b) {
    return op.ends() ? b * outWidth : (b * steps + sequences.length(b)) * outWidth;
  }

  /** How many numbers of the result are padding. */
  int paddingSize(int b) {
    int length = sequences.length(b);
    return (op.ends() ? length == 0 ? 1 : 0 : steps - length) * outWidth;
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link Lstm}. The saved buffer holds first what the inputs contribute to the
 * gates, then the gates, row by row, and behind them the cells.
 *
 * <p>Kept by lanes, one each, so that a pass makes no objects.
 */
final class LstmForward {
  private static final int HIDDEN = 0;
  private static final int TERM = 1;

  private final Sequences sequences = new Sequences();
  private Lstm op;
  private OpContext c;
  private Lane lane;
  private Rows r;
  private Tensor[] in;
  private Tensor out;
  private Tensor saved;
  private int batch;
  private int steps;
  private int n;
  private int cells; // where they begin in the saved buffer

  /** The hidden states of a block of examples, a row each. */
  private Tensor hidden;

  /** What they contribute to the next gates. */
  private Tensor term;

  /** One that a lane keeps, made ready for an op; {@link #clear} it before giving the lane back. */
  static LstmForward of(Lane lane, OpContext c, Lstm op, Tensor[] in, Tensor out) {
    LstmForward pass = lane.keep(LstmForward.class, LstmForward::new);
    pass.set(lane, c, op, in, out);
    return pass;
  }

  private void set(Lane ofLane, OpContext context, Lstm ofOp, Tensor[] operands, Tensor result) {
    op = ofOp;
    c = context;
    lane = ofLane;
    r = context.rows(result);
    in = operands;
    out = result;
    saved = context.saved();
    batch = in[0].shape().axis(0);
    steps = in[0].shape().axis(1);
    n = in[2].shape().axis(1);
    cells = batch * steps * 4 * n;
    sequences.set(op.lengthsOf(in), batch, steps);
  }

  /** Gives up all that it was made ready with, lest the lane keep a model in memory. */
  void clear() {
    op = null;
    c = null;
    lane = null;
    r = null;
    in = null;
    out = null;
    saved = null;
    hidden = null;
    term = null;
  }

  /** Writes the inputs' contributions of all rows, and zeros where the padding has none. */
  void contributions() {
    int width = in[0].shape().last();
    int rows = sequences.rows();
    Tensor x = op.validRows(c, sequences, in[0]);
    c.multiply(false, true, rows, 4 * n, width, x, width, in[1], width, saved, 4 * n);
    r.fill(0, saved, rows * 4 * n, cells - rows * 4 * n);
    r.fill(0, saved, cells + rows * n, (batch * steps - rows) * n);
  }

  /** Takes blocks {@code from} to {@code to} of examples through all their steps. */
  void run(int from, int to) {
    hidden = lane.scratch(HIDDEN, out.dtype(), Lstm.BLOCK * n);
    term = lane.scratch(TERM, out.dtype(), Lstm.BLOCK * 4 * n);
    for (int block = from; block < to; block++) {
      int start = block * Lstm.BLOCK;
      block(start, Math.min(batch, start + Lstm.BLOCK));
    }
  }

  private void block(int from, int to) {
    for (int p = from; p < to; p++) {
      begin(p - from, sequences.example(p));
    }
    int active = sequences.active(from, to, 0);
    for (int k = 0; active > 0; active = sequences.active(from, to, ++k)) {
      if (k > 0 || op.initial()) {
        lane.multiply(active, hidden, 0, n, c.packed(), term, 0, 4 * n);
      }
      for (int i = 0; i < active; i++) {
        step(i, sequences.example(from + i), k);
      }
    }
  }

  /** The state of example b, in row i of the block, and zeros in its padding. */
  private void begin(int i, int b) {
    if (op.initial()) {
      r.copy(in[op.firstInitial()], b * n, hidden, i * n, n);
    }
    int width = out.shape().last();
    int valid = sequences.length(b);
    r.fill(0, out, (b * steps + valid) * width, (steps - valid) * width);
  }

  /** The {@code k}-th step of example b. */
  private void step(int i, int b, int k) {
    int length = sequences.length(b);
    int first = sequences.firstRow(b);
    int time = op.time(length, k);
    int gates = (first + time) * 4 * n;
    int cell = cells + (first + time) * n;
    r.add(saved, gates, in[3], 0, saved, gates, 4 * n);
    r.add(saved, gates, in[4], 0, saved, gates, 4 * n);
    if (k > 0 || op.initial()) {
      r.add(saved, gates, term, i * 4 * n, saved, gates, 4 * n);
    }
    Tensor last = k > 0 ? saved : op.initial() ? in[op.firstInitial() + 1] : null;
    int lastAt = k > 0 ? cells + (first + op.time(length, k - 1)) * n : b * n;
    LstmCell.forward(r, n, saved, gates, last, lastAt, saved, cell, hidden, i * n);
    int result = (b * steps + time) * out.shape().last();
    r.copy(hidden, i * n, out, result, n);
    if (op.cells()) {
      r.copy(saved, cell, out, result + n, n);
    }
  }
}

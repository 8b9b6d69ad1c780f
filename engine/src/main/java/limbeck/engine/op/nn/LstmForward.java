package limbeck.engine.op.nn;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link RecurrentOp}. Where no backward pass follows, gates and cells stay in
 * the block's scratch and never leave the caches.
 */
final class LstmForward extends BlockPass {
  private static final int HIDDEN = 0;
  private static final int TERM = 1;
  private static final int INPUTS = 2;
  private static final int CONTRIBUTIONS = 3;
  private static final int CELLS = 4;
  private static final int GATES = 5;

  private final LstmLayout at = new LstmLayout();

  private final InputTerms inputs = new InputTerms(INPUTS, CONTRIBUTIONS);

  private RecurrentOp op;
  private int n;
  private int direction;
  private int weights;

  /** The hidden states of a block of examples, a row each. */
  private Tensor hidden;

  /** What they contribute to the next gates. */
  private Tensor term;

  /** Cells before and after a step, in turn, where they are not saved. */
  private Tensor cells;

  /** The gates of one row, where they are not saved. */
  private Tensor gates;

  /** One that a lane keeps, made ready for an op; {@link #clear} it before giving the lane back. */
  static LstmForward of(Lane lane, OpContext c, RecurrentOp op, Tensor[] in, Tensor out) {
    LstmForward pass = lane.keep(LstmForward.class, LstmForward::new);
    pass.set(lane, c, op, in, out);
    return pass;
  }

  private void set(Lane ofLane, OpContext context, RecurrentOp ofOp, Tensor[] xs, Tensor result) {
    op = ofOp;
    take(ofLane, context, xs, result);
    at.set(op, in, out);
    n = at.n;
  }

  @Override
  void clear() {
    super.clear();
    op = null;
    hidden = null;
    term = null;
    inputs.clear();
    cells = null;
    gates = null;
  }

  @Override
  int units() {
    return at.units();
  }

  @Override
  long cost() {
    return at.cost();
  }

  /** Packs the weights for the products of all units; zeros are saved where padding has no rows. */
  @Override
  void prepare() {
    int rows = at.sequences.rows();
    int padding = at.batch * at.steps - rows;
    for (int d = 0; d < op.directions(); d++) {
      int k = op.weights(d);
      if (saved != null) {
        r.fill(0, saved, at.gates(d, rows), padding * 4 * n);
        r.fill(0, saved, at.cell(d, rows), padding * n);
        r.fill(0, saved, at.before(d, rows), padding * n);
      }
      c.pack(2 * d, true, 4 * n, at.width, in[k]);
      c.pack(2 * d + 1, true, 4 * n, n, in[k + 1]);
    }
  }

  @Override
  void run(int from, int to) {
    DType type = out.dtype();
    int rows = Math.min(at.batch, RecurrentOp.BLOCK);
    hidden = lane.scratch(HIDDEN, type, rows * n);
    term = lane.scratch(TERM, type, rows * 4 * n);
    inputs.set(lane, r, at.sequences, in[0], op.lengths(), 4 * n);
    if (saved == null) {
      cells = lane.scratch(CELLS, type, 2 * rows * n);
      gates = lane.scratch(GATES, type, 4 * n);
    }
    for (int unit = from; unit < to; unit++) {
      direction = at.direction(unit);
      weights = op.weights(direction);
      block(at.first(unit), at.end(unit));
    }
  }

  private void block(int from, int to) {
    for (int p = from; p < to; p++) {
      begin(p - from, at.sequences.example(p));
    }
    Gemm.Packed packed = c.packed(2 * direction + 1);
    int active = at.sequences.active(from, to, 0);
    for (int k = 0; active > 0; active = at.sequences.active(from, to, ++k)) {
      inputs.compute(from, active, k, op.reverse(direction), c.packed(2 * direction));
      if (k > 0 || op.initial()) {
        lane.multiply(active, hidden, 0, n, packed, term, 0, 4 * n);
      }
      for (int i = 0; i < active; i++) {
        step(i, at.sequences.example(from + i), k);
      }
    }
  }

  /** The state of example b, in row i of the block, and zeros in its padding. */
  private void begin(int i, int b) {
    if (op.initial()) {
      r.copy(in[op.initialOperand()], b * n, hidden, i * n, n);
    }
    if (direction == 0) {
      r.fill(0, out, at.padding(b), at.paddingSize(b));
    }
    if (saved != null && at.sequences.length(b) > 0) {
      int before = at.before(direction, at.row(direction, b, 0));
      if (op.initial()) {
        r.copy(hidden, i * n, saved, before, n);
      } else {
        r.fill(0, saved, before, n);
      }
    }
  }

  /** The {@code k}-th step of example b, in row i of the block. */
  private void step(int i, int b, int k) {
    int x = inputs.at(i, at.time(direction, b, k));
    if (saved != null) {
      savedStep(i, b, k, x);
    } else {
      Tensor last = k > 0 ? cells : op.initial() ? in[op.initialOperand() + 1] : null;
      int half = Math.min(at.batch, RecurrentOp.BLOCK) * n;
      int lastAt = k > 0 ? (k - 1) % 2 * half + i * n : b * n;
      int cell = k % 2 * half + i * n;
      forward(i, x, gates, 0, last, lastAt, cells, cell);
      show(i, b, k, cells, cell);
    }
  }

  /** A step whose numbers are kept for the backward pass. */
  private void savedStep(int i, int b, int k, int x) {
    int row = at.row(direction, b, k);
    Tensor last = k > 0 ? saved : op.initial() ? in[op.initialOperand() + 1] : null;
    int lastAt = k > 0 ? at.cell(direction, at.row(direction, b, k - 1)) : b * n;
    int cell = at.cell(direction, row);
    forward(i, x, saved, at.gates(direction, row), last, lastAt, saved, cell);
    show(i, b, k, saved, cell);
    if (k < at.sequences.length(b) - 1) {
      r.copy(hidden, i * n, saved, at.before(direction, at.row(direction, b, k + 1)), n);
    }
  }

  private void forward(
      int i, int x, Tensor g, int gAt, Tensor last, int lastAt, Tensor to, int cell) {
    Tensor terms = inputs.terms();
    Tensor biasIh = in[weights + 2];
    Tensor biasHh = in[weights + 3];
    if (last == null) {
      LstmCell.first(r, n, terms, x, biasIh, biasHh, g, gAt, to, cell, hidden, i * n);
    } else {
      r.lstmGates(terms, x, biasIh, 0, biasHh, 0, term, i * 4 * n, g, gAt, n);
      r.lstmState(g, gAt, last, lastAt, to, cell, hidden, i * n, n);
    }
  }

  /** Writes the state after a step into the result. */
  private void show(int i, int b, int k, Tensor ofCells, int cell) {
    if (at.shows(b, k)) {
      int result = at.result(direction, b, k);
      r.copy(hidden, i * n, out, result, n);
      if (op.cells()) {
        r.copy(ofCells, cell, out, result + n, n);
      }
    }
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link ProjectedLstm}, like {@link LstmForward}: a block of examples goes
 * through the steps together, and what is not saved stays in scratch.
 */
final class ProjectedLstmForward extends BlockPass {
  private static final int STATE = 0;
  private static final int TERM = 1;
  private static final int INPUTS = 2;
  private static final int CONTRIBUTIONS = 3;
  private static final int CELLS = 4;
  private static final int HIDDEN = 5;

  private final ProjectedLstmLayout at = new ProjectedLstmLayout();

  private final InputTerms inputs = new InputTerms(INPUTS, CONTRIBUTIONS);

  private ProjectedLstm op;
  private int n;
  private int p;

  /** The projected states of a block of examples, a row each. */
  private Tensor state;

  /** What they contribute to the next gates. */
  private Tensor term;

  /**
   * Zeros for all gates, the upper limit, the lower limit, and where they are not saved cells
   * before and after a step in turn, and the gates of one row.
   */
  private Tensor cells;

  private int upper;
  private int lower;
  private int gates;

  /** Hidden states before they are projected, a row each. */
  private Tensor hidden;

  /** One that a lane keeps, made ready for an op; {@link #clear} it before giving the lane back. */
  static ProjectedLstmForward of(
      Lane lane, OpContext c, ProjectedLstm op, Tensor[] in, Tensor out) {
    ProjectedLstmForward pass = lane.keep(ProjectedLstmForward.class, ProjectedLstmForward::new);
    pass.op = op;
    pass.take(lane, c, in, out);
    pass.at.set(op, in);
    pass.n = pass.at.n;
    pass.p = pass.at.p;
    return pass;
  }

  @Override
  void clear() {
    super.clear();
    op = null;
    state = null;
    term = null;
    inputs.clear();
    cells = null;
    hidden = null;
  }

  @Override
  int units() {
    return at.blocks();
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
    if (saved != null) {
      r.fill(0, saved, at.gates(rows), padding * 4 * n);
      r.fill(0, saved, at.cell(rows), padding * n);
      r.fill(0, saved, at.hidden(rows), padding * n);
      r.fill(0, saved, at.before(rows), padding * p);
    }
    c.pack(0, true, 4 * n, at.width, in[1]);
    c.pack(1, true, 4 * n, p, in[2]);
    c.pack(2, true, p, n, in[4]);
  }

  @Override
  void run(int from, int to) {
    DType type = out.dtype();
    int rows = Math.min(at.batch, RecurrentOp.BLOCK);
    state = lane.scratch(STATE, type, rows * p);
    term = lane.scratch(TERM, type, rows * 4 * n);
    inputs.set(lane, r, at.sequences, in[0], op.lengths(), 4 * n);
    hidden = lane.scratch(HIDDEN, type, rows * n);
    int most = Math.max(n, p);
    upper = 4 * n;
    lower = upper + most;
    gates = lower + most + 2 * rows * n;
    cells = lane.scratch(CELLS, type, gates + 4 * n);
    r.fill(0, cells, 0, 4 * n);
    r.fill(op.clip(), cells, upper, most);
    r.fill(-op.clip(), cells, lower, most);
    for (int unit = from; unit < to; unit++) {
      block(at.first(unit), at.end(unit));
    }
  }

  private void block(int from, int to) {
    for (int q = from; q < to; q++) {
      begin(at.sequences.example(q));
    }
    Gemm.Packed recurrent = c.packed(1);
    Gemm.Packed projection = c.packed(2);
    int active = at.sequences.active(from, to, 0);
    for (int k = 0; active > 0; active = at.sequences.active(from, to, ++k)) {
      inputs.compute(from, active, k, op.reverse(), c.packed(0));
      if (k > 0) {
        lane.multiply(active, state, 0, p, recurrent, term, 0, 4 * n);
      }
      for (int i = 0; i < active; i++) {
        cell(i, at.sequences.example(from + i), k);
      }
      lane.multiply(active, hidden, 0, n, projection, state, 0, p);
      for (int i = 0; i < active; i++) {
        show(i, at.sequences.example(from + i), k);
      }
    }
  }

  /** Zeros in the padding of example b, and before its first step. */
  private void begin(int b) {
    int length = at.sequences.length(b);
    r.fill(0, out, (b * at.steps + length) * p, (at.steps - length) * p);
    if (saved != null && length > 0) {
      r.fill(0, saved, at.before(at.row(b, 0)), p);
    }
  }

  /** Gates, cell and hidden state of the {@code k}-th step of example b, in row i of the block. */
  private void cell(int i, int b, int k) {
    Tensor terms = inputs.terms();
    int x = inputs.at(i, at.time(b, k));
    int half = Math.min(at.batch, RecurrentOp.BLOCK) * n;
    int firstCell = lower + Math.max(n, p);
    Tensor kept = saved != null ? saved : cells;
    int row = at.row(b, k);
    int g = saved != null ? at.gates(row) : gates;
    int cell = saved != null ? at.cell(row) : firstCell + k % 2 * half + i * n;
    if (k == 0) {
      r.add(terms, x, in[3], 0, kept, g, 4 * n);
      r.sigmoid(kept, g, kept, g, 2 * n);
      r.tanh(kept, g + 2 * n, kept, g + 2 * n, n);
      r.sigmoid(kept, g + 3 * n, kept, g + 3 * n, n);
      r.mul(kept, g, kept, g + 2 * n, kept, cell, n);
    } else {
      int last = saved != null ? at.cell(at.row(b, k - 1)) : firstCell + (k - 1) % 2 * half + i * n;
      r.lstmGates(terms, x, in[3], 0, cells, 0, term, i * 4 * n, kept, g, n);
      r.mul(kept, g, kept, g + 2 * n, kept, cell, n);
      r.mulAdd(kept, g + n, kept, last, kept, cell, n);
    }
    clip(kept, cell, n);
    r.tanh(kept, cell, hidden, i * n, n);
    r.mul(kept, g + 3 * n, hidden, i * n, hidden, i * n, n);
    if (saved != null) {
      r.copy(hidden, i * n, saved, at.hidden(row), n);
    }
  }

  private void clip(Tensor z, int i, int count) {
    if (op.clip() > 0) {
      r.maximum(z, i, cells, lower, z, i, count);
      r.minimum(z, i, cells, upper, z, i, count);
    }
  }

  /** Writes the projected state after a step into the result, and where the next step wants it. */
  private void show(int i, int b, int k) {
    clip(state, i * p, p);
    r.copy(state, i * p, out, at.result(b, k), p);
    if (saved != null && k < at.sequences.length(b) - 1) {
      r.copy(state, i * p, saved, at.before(at.row(b, k + 1)), p);
    }
  }
}

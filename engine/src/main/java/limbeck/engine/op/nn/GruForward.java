package limbeck.engine.op.nn;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.composite.GruCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * The forward pass of {@link Gru}, like {@link LstmForward}: a block of examples goes through the
 * steps together, and what is not saved stays in scratch.
 */
final class GruForward extends BlockPass {
  private static final int HIDDEN = 0;
  private static final int TERM = 1;
  private static final int INPUTS = 2;
  private static final int CONTRIBUTIONS = 3;
  private static final int GATES = 4;

  private final GruLayout at = new GruLayout();

  private final InputTerms inputs = new InputTerms(INPUTS, CONTRIBUTIONS);

  private Gru op;
  private int n;

  /** The hidden states of a block of examples, a row each. */
  private Tensor hidden;

  /** What they contribute to the next gates. */
  private Tensor term;

  /** A row that the cell needs, and the gates of a row where they are not saved. */
  private Tensor gates;

  /** One that a lane keeps, made ready for an op; {@link #clear} it before giving the lane back. */
  static GruForward of(Lane lane, OpContext c, Gru op, Tensor[] in, Tensor out) {
    GruForward pass = lane.keep(GruForward.class, GruForward::new);
    pass.op = op;
    pass.take(lane, c, in, out);
    pass.n = pass.at.set(op, in).n;
    return pass;
  }

  @Override
  void clear() {
    super.clear();
    op = null;
    hidden = null;
    term = null;
    inputs.clear();
    gates = null;
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
    if (saved != null) {
      int rows = at.sequences.rows();
      int padding = at.batch * at.steps - rows;
      r.fill(0, saved, at.gates(rows), padding * 4 * n);
      r.fill(0, saved, at.before(rows), padding * n);
    }
    c.pack(0, true, 3 * n, at.width, in[1]);
    c.pack(1, true, 3 * n, n, in[2]);
  }

  @Override
  void run(int from, int to) {
    DType type = out.dtype();
    int rows = Math.min(at.batch, RecurrentOp.BLOCK);
    hidden = lane.scratch(HIDDEN, type, rows * n);
    term = lane.scratch(TERM, type, rows * 3 * n);
    inputs.set(lane, r, at.sequences, in[0], op.lengths(), 3 * n);
    gates = lane.scratch(GATES, type, 5 * n);
    for (int unit = from; unit < to; unit++) {
      block(at.first(unit), at.end(unit));
    }
  }

  private void block(int from, int to) {
    for (int p = from; p < to; p++) {
      begin(p - from, at.sequences.example(p));
    }
    Gemm.Packed recurrent = c.packed(1);
    int active = at.sequences.active(from, to, 0);
    for (int k = 0; active > 0; active = at.sequences.active(from, to, ++k)) {
      inputs.compute(from, active, k, op.reverse(), c.packed(0));
      if (k > 0 || op.initial()) {
        lane.multiply(active, hidden, 0, n, recurrent, term, 0, 3 * n);
      }
      for (int i = 0; i < active; i++) {
        step(i, at.sequences.example(from + i), k);
      }
    }
  }

  /** The state of example b, in row i of the block, and zeros in its padding. */
  private void begin(int i, int b) {
    int length = at.sequences.length(b);
    r.fill(0, out, (b * at.steps + length) * n, (at.steps - length) * n);
    if (op.initial()) {
      r.copy(in[op.initialOperand()], b * n, hidden, i * n, n);
    } else {
      r.fill(0, hidden, i * n, n);
    }
  }

  /** The {@code k}-th step of example b, in row i of the block. */
  private void step(int i, int b, int k) {
    int x = inputs.at(i, at.time(b, k));
    Tensor kept = saved != null ? saved : gates;
    int g = saved != null ? at.gates(at.row(b, k)) : n;
    if (saved != null) {
      r.copy(hidden, i * n, saved, at.before(at.row(b, k)), n);
    }
    Tensor recurrent = k > 0 || op.initial() ? term : null;
    GruCell.gates(r, n, inputs.terms(), x, in[3], in[4], recurrent, i * 3 * n, kept, g);
    GruCell.state(r, n, kept, g, gates, hidden, i * n);
    r.copy(hidden, i * n, out, at.result(b, k), n);
  }
}

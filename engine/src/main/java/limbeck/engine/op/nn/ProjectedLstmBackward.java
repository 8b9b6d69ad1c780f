package limbeck.engine.op.nn;

import limbeck.engine.exec.RangeBody;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The backward pass of {@link ProjectedLstm}: through time, by blocks of examples, for the
 * derivatives by the projected states and by the sums that gates are made of; then the products
 * that give the other gradients.
 */
final class ProjectedLstmBackward implements RangeBody {
  private static final int DR = 0;
  private static final int DC = 1;
  private static final int DA = 2;
  private static final int DC_BEFORE = 3;
  private static final int DH = 4;
  private static final int LIMITS = 5;

  private final ProjectedLstmLayout at = new ProjectedLstmLayout();
  private final ProjectedLstm op;
  private final OpContext c;
  private final Rows r;
  private final Tensor[] in;
  private final Tensor out;
  private final Tensor gradOut;
  private final Tensor[] gradIn;
  private final Tensor saved;
  private final int n;
  private final int p;

  /** Derivatives by the sums that gates are made of, [rows, 4·hidden]. */
  private final Tensor da;

  /** Derivatives by projected states before clipping, [rows, projected]. */
  private final Tensor dr;

  ProjectedLstmBackward(
      ProjectedLstm op, OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    this.op = op;
    this.c = c;
    this.r = c.rows(out);
    this.in = in;
    this.out = out;
    this.gradOut = gradOut;
    this.gradIn = gradIn;
    this.saved = c.saved();
    at.set(op, in);
    n = at.n;
    p = at.p;
    da = c.take(out.dtype(), Shape.of(at.sequences.rows(), 4 * n));
    dr = c.take(out.dtype(), Shape.of(at.sequences.rows(), p));
  }

  /** Writes all gradients asked for. */
  void gradients() {
    c.pack(0, false, p, 4 * n, in[2]);
    c.pack(1, false, n, p, in[4]);
    c.forEach(at.blocks(), at.cost(), this);
    StepGradients steps = new StepGradients(c, r, at.sequences, in[0], op.lengths());
    if (gradIn[0] != null) {
      steps.ofInput(gradIn[0], new Tensor[] {da}, new Tensor[] {in[1]});
    }
    if (gradIn[1] != null) {
      steps.ofInputWeights(da, gradIn[1]);
    }
    if (gradIn[2] != null) {
      steps.ofWeights(da, steps.savedRows(saved, at.before(0), p), gradIn[2]);
    }
    if (gradIn[3] != null) {
      steps.ofBias(da, gradIn[3]);
    }
    if (gradIn[4] != null) {
      steps.ofWeights(dr, steps.savedRows(saved, at.hidden(0), n), gradIn[4]);
    }
  }

  /** Units {@code from} to {@code to}: blocks of examples, from their last step to the first. */
  @Override
  public void run(int from, int to) {
    Lane lane = c.lane();
    for (int unit = from; unit < to; unit++) {
      block(lane, at.first(unit), at.end(unit));
    }
    c.giveBack(lane);
  }

  private void block(Lane lane, int from, int to) {
    DType type = out.dtype();
    int most = Math.max(n, p);
    Tensor state = lane.scratch(DR, type, RecurrentOp.BLOCK * p);
    Tensor dc = lane.scratch(DC, type, RecurrentOp.BLOCK * n);
    Tensor dcBefore = lane.scratch(DC_BEFORE, type, RecurrentOp.BLOCK * n);
    Tensor block = lane.scratch(DA, type, RecurrentOp.BLOCK * 4 * n);
    Tensor dh = lane.scratch(DH, type, RecurrentOp.BLOCK * n);
    Tensor limits = lane.scratch(LIMITS, type, 3 * most);
    r.fill(op.clip(), limits, 0, most);
    int later = 0; // examples whose next step has been seen: they carry gradients along
    for (int k = at.sequences.length(at.sequences.example(from)) - 1; k >= 0; k--) {
      int active = at.sequences.active(from, to, k);
      r.fill(0, state, later * p, (active - later) * p);
      r.fill(0, dc, later * n, (active - later) * n);
      for (int i = 0; i < active; i++) {
        projected(at.sequences.example(from + i), k, i, state, limits, most);
      }
      lane.multiply(active, state, 0, p, c.packed(1), dh, 0, n);
      for (int i = 0; i < active; i++) {
        step(at.sequences.example(from + i), k, i, dh, dc, block, dcBefore, limits, most);
      }
      if (k > 0) {
        lane.multiply(active, block, 0, 4 * n, c.packed(0), state, 0, p);
      }
      Tensor done = dc;
      dc = dcBefore;
      dcBefore = done;
      later = active;
    }
  }

  /** The gradient by the projected state of a step, before clipping, in row i of the block. */
  private void projected(int b, int k, int i, Tensor state, Tensor limits, int most) {
    int result = at.result(b, k);
    r.add(state, i * p, gradOut, result, state, i * p, p);
    if (op.clip() > 0) {
      inside(out, result, p, limits, most);
      r.reluGrad(limits, most, state, i * p, state, i * p, p);
    }
    r.copy(state, i * p, dr, at.row(b, k) * p, p);
  }

  /** Numbers above 0 where z is within the limits, and 0 where it was clipped. */
  private void inside(Tensor z, int at, int count, Tensor limits, int most) {
    r.sub(limits, 0, z, at, limits, most, count);
    r.add(limits, 0, z, at, limits, 2 * most, count);
    r.minimum(limits, most, limits, 2 * most, limits, most, count);
  }

  /** The {@code k}-th step of example b, whose gradients lie in row i of the block. */
  private void step(
      int b,
      int k,
      int i,
      Tensor dh,
      Tensor dc,
      Tensor block,
      Tensor dcBefore,
      Tensor limits,
      int most) {
    int row = at.row(b, k);
    Tensor last = k > 0 ? saved : null;
    int lastAt = k > 0 ? at.cell(at.row(b, k - 1)) : 0;
    int cell = at.cell(row);
    LstmCell.backward(r, n, saved, at.gates(row), last, lastAt, cell, dh, dc, block, dcBefore, i);
    if (op.clip() > 0) {
      inside(saved, cell, n, limits, most);
      for (int gate = 0; gate < 3; gate++) { // all that the cell is made of; not the output gate
        int a = (4 * i + gate) * n;
        r.reluGrad(limits, most, block, a, block, a, n);
      }
      r.reluGrad(limits, most, dcBefore, i * n, dcBefore, i * n, n);
    }
    r.copy(block, i * 4 * n, da, row * 4 * n, 4 * n);
  }
}

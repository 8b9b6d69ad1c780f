package limbeck.engine.op.nn;

import java.util.Arrays;
import limbeck.engine.exec.RangeBody;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The backward pass of {@link RecurrentOp}: through time, by blocks of examples in each direction,
 * for the derivatives by the sums that the gates of all rows are made of; then the products that
 * give the other gradients.
 */
final class LstmBackward implements RangeBody {
  private static final int DH = 0;
  private static final int DC = 1;
  private static final int DA = 2;
  private static final int DC_BEFORE = 3;

  private final LstmLayout at = new LstmLayout();
  private final RecurrentOp op;
  private final OpContext c;
  private final Rows r;
  private final Tensor[] in;
  private final Tensor out;
  private final Tensor gradOut;
  private final Tensor[] gradIn;
  private final Tensor saved;
  private final Tensor dh0;
  private final Tensor dc0;
  private final int n;

  /** Derivatives by the sums that gates are made of, [rows, 4·hidden] of each direction. */
  private final Tensor[] da;

  LstmBackward(
      RecurrentOp op, OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    this.op = op;
    this.c = c;
    this.r = c.rows(out);
    this.in = in;
    this.out = out;
    this.gradOut = gradOut;
    this.gradIn = gradIn;
    this.saved = c.saved();
    this.dh0 = op.initial() ? gradIn[op.initialOperand()] : null;
    this.dc0 = op.initial() ? gradIn[op.initialOperand() + 1] : null;
    this.da = new Tensor[op.directions()];
    this.n = at.set(op, in, out).n;
  }

  /** Writes all gradients asked for. */
  void gradients() {
    int rows = at.sequences.rows();
    for (int d = 0; d < op.directions(); d++) {
      da[d] = c.take(out.dtype(), Shape.of(rows, 4 * n));
      c.pack(d, false, n, 4 * n, in[op.weights(d) + 1]);
    }
    c.forEach(at.units(), at.cost(), this);
    StepGradients steps = new StepGradients(c, r, at.sequences, in[0], op.lengths());
    if (gradIn[0] != null) {
      Tensor[] weightIh = new Tensor[da.length];
      Arrays.setAll(weightIh, d -> in[op.weights(d)]);
      steps.ofInput(gradIn[0], da, weightIh);
    }
    for (int d = 0; d < op.directions(); d++) {
      int k = op.weights(d);
      if (gradIn[k] != null) {
        steps.ofInputWeights(da[d], gradIn[k]);
      }
      if (gradIn[k + 1] != null) {
        Tensor before = steps.savedRows(saved, at.before(d, 0), n);
        steps.ofWeights(da[d], before, gradIn[k + 1]);
      }
      gradientOfBiases(steps, da[d], gradIn[k + 2], gradIn[k + 3]);
    }
  }

  /** Both biases are added to the same sum, so they have the same gradient. */
  private static void gradientOfBiases(
      StepGradients steps, Tensor da, Tensor biasIh, Tensor biasHh) {
    Tensor first = biasIh == null ? biasHh : biasIh;
    if (first != null) {
      steps.ofBias(da, first);
    }
    if (biasIh != null && biasHh != null) {
      biasHh.copyFrom(first);
    }
  }

  /** Units {@code from} to {@code to}: blocks of examples, from their last step to the first. */
  @Override
  public void run(int from, int to) {
    Lane lane = c.lane();
    for (int unit = from; unit < to; unit++) {
      block(lane, at.direction(unit), at.first(unit), at.end(unit));
    }
    c.giveBack(lane);
  }

  private void block(Lane lane, int d, int from, int to) {
    DType type = out.dtype();
    Tensor dh = lane.scratch(DH, type, RecurrentOp.BLOCK * n);
    Tensor dc = lane.scratch(DC, type, RecurrentOp.BLOCK * n);
    Tensor dcBefore = lane.scratch(DC_BEFORE, type, RecurrentOp.BLOCK * n);
    Tensor block = lane.scratch(DA, type, RecurrentOp.BLOCK * 4 * n);
    int later = 0; // examples whose next step has been seen: they carry gradients along
    for (int k = at.sequences.length(at.sequences.example(from)) - 1; k >= 0; k--) {
      int active = at.sequences.active(from, to, k);
      clear(dh, dc, later, active);
      for (int i = 0; i < active; i++) {
        step(d, at.sequences.example(from + i), k, i, dh, dc, block, dcBefore);
      }
      if (k > 0 || dh0 != null) {
        lane.multiply(active, block, 0, 4 * n, c.packed(d), dh, 0, n);
      }
      Tensor done = dc;
      dc = dcBefore;
      dcBefore = done;
      later = active;
    }
    clear(dh, dc, later, to - from);
    for (int p = from; p < to; p++) {
      int b = at.sequences.example(p);
      copy(dh, p - from, dh0, b);
      copy(dc, p - from, dc0, b);
    }
  }

  /** Nothing comes from later steps for the rows from {@code from} on. */
  private void clear(Tensor dh, Tensor dc, int from, int to) {
    r.fill(0, dh, from * n, (to - from) * n);
    r.fill(0, dc, from * n, (to - from) * n);
  }

  private void copy(Tensor from, int i, Tensor toOrNull, int b) {
    if (toOrNull != null) {
      r.copy(from, i * n, toOrNull, b * n, n);
    }
  }

  /** The {@code k}-th step of example b, whose gradients lie in row i of the block. */
  private void step(
      int d, int b, int k, int i, Tensor dh, Tensor dc, Tensor block, Tensor dcBefore) {
    if (at.shows(b, k)) {
      int result = at.result(d, b, k);
      r.add(dh, i * n, gradOut, result, dh, i * n, n);
      if (op.cells()) {
        r.add(dc, i * n, gradOut, result + n, dc, i * n, n);
      }
    }
    int row = at.row(d, b, k);
    Tensor last = k > 0 ? saved : op.initial() ? in[op.initialOperand() + 1] : null;
    int lastAt = k > 0 ? at.cell(d, at.row(d, b, k - 1)) : b * n;
    int gates = at.gates(d, row);
    int cell = at.cell(d, row);
    LstmCell.backward(r, n, saved, gates, last, lastAt, cell, dh, dc, block, dcBefore, i);
    r.copy(block, i * 4 * n, da[d], row * 4 * n, 4 * n);
  }
}

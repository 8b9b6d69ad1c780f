package limbeck.engine.op.nn;

import limbeck.engine.exec.RangeBody;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.GruCell;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The backward pass of {@link Gru}: through time, by blocks of examples, for the derivatives by the
 * sums that gates are made of; then the products that give the other gradients.
 */
final class GruBackward implements RangeBody {
  private static final int DH = 0;
  private static final int DU = 1;
  private static final int PRODUCT = 2;

  private final GruLayout at = new GruLayout();
  private final Gru op;
  private final OpContext c;
  private final Rows r;
  private final Tensor[] in;
  private final Tensor gradOut;
  private final Tensor[] gradIn;
  private final Tensor saved;
  private final Tensor dh0;
  private final int n;

  /** Derivatives by what the input contributes to the gates, [rows, 3·hidden]. */
  private final Tensor da;

  /** Derivatives by what the last hidden state contributes, [rows, 3·hidden]. */
  private final Tensor du;

  GruBackward(Gru op, OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    this.op = op;
    this.c = c;
    this.r = c.rows(out);
    this.in = in;
    this.gradOut = gradOut;
    this.gradIn = gradIn;
    saved = c.saved();
    dh0 = op.initial() ? gradIn[op.initialOperand()] : null;
    n = at.set(op, in).n;
    Shape rows = Shape.of(at.sequences.rows(), 3 * n);
    da = c.take(out.dtype(), rows);
    du = c.take(out.dtype(), rows);
  }

  /** Writes all gradients asked for. */
  void gradients() {
    c.pack(0, false, n, 3 * n, in[2]);
    c.forEach(at.blocks(), at.cost(), this);
    StepGradients steps = new StepGradients(c, r, at.sequences, in[0], op.lengths());
    if (gradIn[0] != null) {
      steps.ofInput(gradIn[0], new Tensor[] {da}, new Tensor[] {in[1]});
    }
    if (gradIn[1] != null) {
      steps.ofInputWeights(da, gradIn[1]);
    }
    if (gradIn[2] != null) {
      steps.ofWeights(du, steps.savedRows(saved, at.before(0), n), gradIn[2]);
    }
    if (gradIn[3] != null) {
      steps.ofBias(da, gradIn[3]);
    }
    if (gradIn[4] != null) {
      steps.ofBias(du, gradIn[4]);
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
    DType type = gradOut.dtype();
    Tensor dh = lane.scratch(DH, type, RecurrentOp.BLOCK * n);
    Tensor block = lane.scratch(DU, type, RecurrentOp.BLOCK * 3 * n);
    Tensor product = lane.scratch(PRODUCT, type, RecurrentOp.BLOCK * n);
    int later = 0; // examples whose next step has been seen: they carry gradients along
    for (int k = at.sequences.length(at.sequences.example(from)) - 1; k >= 0; k--) {
      int active = at.sequences.active(from, to, k);
      r.fill(0, dh, later * n, (active - later) * n);
      for (int i = 0; i < active; i++) {
        step(at.sequences.example(from + i), k, i, dh, block);
      }
      if (k > 0 || dh0 != null) {
        lane.multiply(active, block, 0, 3 * n, c.packed(0), product, 0, n);
        r.add(dh, 0, product, 0, dh, 0, active * n);
      }
      later = active;
    }
    if (dh0 != null) {
      r.fill(0, dh, later * n, (to - from - later) * n);
      for (int p = from; p < to; p++) {
        r.copy(dh, (p - from) * n, dh0, at.sequences.example(p) * n, n);
      }
    }
  }

  /** The {@code k}-th step of example b, whose gradients lie in row i of the block. */
  private void step(int b, int k, int i, Tensor dh, Tensor block) {
    int row = at.row(b, k);
    int a = row * 3 * n;
    r.add(dh, i * n, gradOut, at.result(b, k), dh, i * n, n);
    int u = i * 3 * n;
    GruCell.backward(r, n, saved, at.gates(row), at.before(row), dh, i, da, a, block, u);
    r.copy(block, u, du, a, 3 * n);
  }
}

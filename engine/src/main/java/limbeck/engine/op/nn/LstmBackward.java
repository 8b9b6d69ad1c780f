package limbeck.engine.op.nn;

import limbeck.engine.exec.RangeBody;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The backward pass of {@link Lstm}: through time, block by block of examples, for the derivatives
 * by the gate inputs of all rows; then the products that give the other gradients.
 */
final class LstmBackward implements RangeBody {
  private static final int DH = 0;
  private static final int DC = 1;
  private static final int DA = 2;
  private static final int TANH = 3;

  private final Lstm op;
  private final OpContext c;
  private final Rows r;
  private final Tensor[] in;
  private final Tensor out;
  private final Tensor gradOut;
  private final Tensor[] gradIn;
  private final Tensor saved;
  private final Tensor dh0;
  private final Tensor dc0;
  private final int batch;
  private final int steps;
  private final int n;
  private final int cells; // where they begin in the saved buffer

  private Sequences sequences;

  /** Derivatives by the gate inputs, [rows, 4·hidden]. */
  private Tensor da;

  /** The hidden states that the rows started from, [rows, hidden]; null if nobody asks. */
  private Tensor before;

  LstmBackward(Lstm op, OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    this.op = op;
    this.c = c;
    this.r = c.rows(out);
    this.in = in;
    this.out = out;
    this.gradOut = gradOut;
    this.gradIn = gradIn;
    this.saved = c.saved();
    this.dh0 = op.initial() ? gradIn[op.firstInitial()] : null;
    this.dc0 = op.initial() ? gradIn[op.firstInitial() + 1] : null;
    this.batch = in[0].shape().axis(0);
    this.steps = in[0].shape().axis(1);
    this.n = in[2].shape().axis(1);
    this.cells = batch * steps * 4 * n;
  }

  /** Writes all gradients asked for. */
  void gradients() {
    Lane lane = c.lane();
    sequences = lane.keep(Sequences.class, Sequences::new).set(op.lengthsOf(in), batch, steps);
    int rows = sequences.rows();
    da = c.take(out.dtype(), Shape.of(rows, 4 * n));
    before = gradIn[2] == null ? null : c.take(out.dtype(), Shape.of(rows, n));
    c.pack(false, n, 4 * n, in[2]);
    c.forEach(Lstm.blocks(in), Lstm.cost(in), this);
    if (gradIn[0] != null) {
      gradientOfInput(rows, gradIn[0]);
    }
    if (gradIn[1] != null) {
      int width = in[0].shape().last();
      Tensor x = op.validRows(c, sequences, in[0]);
      c.multiply(true, false, 4 * n, width, rows, da, 4 * n, x, width, gradIn[1], width);
    }
    if (gradIn[2] != null) {
      c.multiply(true, false, 4 * n, n, rows, da, 4 * n, before, n, gradIn[2], n);
    }
    gradientOfBiases(rows);
    c.giveBack(lane);
  }

  private void gradientOfInput(int rows, Tensor dx) {
    int width = dx.shape().last();
    Tensor valid = op.lengths() ? c.take(dx.dtype(), Shape.of(rows, width)) : dx;
    c.multiply(false, false, rows, width, 4 * n, da, 4 * n, in[1], width, valid, width);
    if (op.lengths()) {
      c.forEach(
          batch, (long) steps * width, (from, to) -> sequences.scatter(r, valid, dx, from, to));
    }
  }

  /** Both biases are added to the same sum, so they have the same gradient. */
  private void gradientOfBiases(int rows) {
    Tensor first = gradIn[3] == null ? gradIn[4] : gradIn[3];
    if (first == null) {
      return;
    }
    Tensor block = c.take(da.dtype(), first.shape());
    c.forEach(
        4 * n, rows, (from, to) -> ColumnSum.forward(r, da, rows, 4 * n, block, first, from, to));
    if (gradIn[3] != null && gradIn[4] != null) {
      gradIn[4].copyFrom(first);
    }
  }

  /** Blocks {@code from} to {@code to} of examples, from their last step to the first. */
  @Override
  public void run(int from, int to) {
    Lane lane = c.lane();
    for (int block = from; block < to; block++) {
      int start = block * Lstm.BLOCK;
      block(lane, start, Math.min(batch, start + Lstm.BLOCK));
    }
    c.giveBack(lane);
  }

  private void block(Lane lane, int from, int to) {
    DType type = out.dtype();
    Tensor dh = lane.scratch(DH, type, Lstm.BLOCK * n);
    Tensor dc = lane.scratch(DC, type, Lstm.BLOCK * n);
    Tensor block = lane.scratch(DA, type, Lstm.BLOCK * 4 * n);
    Tensor tanh = lane.scratch(TANH, type, n);
    int later = 0; // examples whose next step has been seen: they carry gradients along
    for (int k = sequences.length(sequences.example(from)) - 1; k >= 0; k--) {
      int active = sequences.active(from, to, k);
      clear(dh, dc, later, active);
      for (int i = 0; i < active; i++) {
        step(sequences.example(from + i), k, i, dh, dc, block, tanh);
      }
      if (k > 0 || dh0 != null) {
        lane.multiply(active, block, 0, 4 * n, c.packed(), dh, 0, n);
      }
      later = active;
    }
    clear(dh, dc, later, to - from);
    for (int p = from; p < to; p++) {
      int b = sequences.example(p);
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
  private void step(int b, int k, int i, Tensor dh, Tensor dc, Tensor block, Tensor tanh) {
    int length = sequences.length(b);
    int first = sequences.firstRow(b);
    int time = op.time(length, k);
    int row = first + time;
    int result = (b * steps + time) * out.shape().last();
    r.add(dh, i * n, gradOut, result, dh, i * n, n);
    if (op.cells()) {
      r.add(dc, i * n, gradOut, result + n, dc, i * n, n);
    }
    Tensor last = k > 0 ? saved : op.initial() ? in[op.firstInitial() + 1] : null;
    int lastAt = k > 0 ? cells + (first + op.time(length, k - 1)) * n : b * n;
    int cell = cells + row * n;
    LstmCell.backward(r, n, saved, row * 4 * n, last, lastAt, saved, cell, dh, dc, block, tanh, i);
    r.copy(block, i * 4 * n, da, row * 4 * n, 4 * n);
    if (before != null) {
      keepHiddenBefore(b, k, length, row);
    }
  }

  private void keepHiddenBefore(int b, int k, int length, int row) {
    if (k > 0) {
      int time = op.time(length, k - 1);
      r.copy(out, (b * steps + time) * out.shape().last(), before, row * n, n);
    } else if (op.initial()) {
      r.copy(in[op.firstInitial()], b * n, before, row * n, n);
    } else {
      r.fill(0, before, row * n, n);
    }
  }
}

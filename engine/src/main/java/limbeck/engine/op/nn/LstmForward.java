package limbeck.engine.op.nn;

import limbeck.engine.kernel.Gemm;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LstmCell;
import limbeck.engine.kernel.composite.Sequences;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Tensor;

/** The recurrence of {@link Lstm}, forward, for a few examples in the calling thread. */
final class LstmForward {
  private static final int HIDDEN = 0;
  private static final int RECURRENT = 1;

  private LstmForward() {}

  /**
   * Takes the examples at positions {@code from} to {@code to} of the plan's order through all
   * their steps. The saved buffer holds the inputs' contributions, and in the end gates and cells.
   */
  static void run(
      Lstm op, OpContext c, Lane lane, Tensor plan, Tensor[] in, Tensor out, int from, int to) {
    for (int p = from; p < to; p += Lstm.BLOCK) {
      block(op, c, lane, plan, in, out, p, Math.min(to, p + Lstm.BLOCK));
    }
  }

  private static void block(
      Lstm op, OpContext c, Lane lane, Tensor plan, Tensor[] in, Tensor out, int from, int to) {
    int batch = in[0].shape().axis(0);
    int n = in[2].shape().axis(1);
    Tensor hidden = lane.scratch(HIDDEN, out.dtype(), Lstm.BLOCK * n);
    Tensor recurrent = lane.scratch(RECURRENT, out.dtype(), Lstm.BLOCK * 4 * n);
    if (op.initial()) {
      Tensor h0 = in[op.firstInitial()];
      for (int p = from; p < to; p++) {
        int b = Sequences.example(plan, batch, p);
        c.rows(out).copy(h0, b * n, hidden, (p - from) * n, n);
      }
    }
    Gemm.Packed weights = c.packed();
    int active = Sequences.active(plan, batch, from, to, 0);
    for (int k = 0; active > 0; active = Sequences.active(plan, batch, from, to, ++k)) {
      Tensor term = k > 0 || op.initial() ? recurrent : null;
      if (term != null) {
        lane.multiply(active, hidden, 0, n, weights, term, 0, 4 * n);
      }
      for (int i = 0; i < active; i++) {
        step(op, c, plan, in, out, hidden, term, i, Sequences.example(plan, batch, from + i), k);
      }
    }
  }

  /** The {@code k}-th step of example b, whose state lies in row i of the block. */
  private static void step(
      Lstm op,
      OpContext c,
      Tensor plan,
      Tensor[] in,
      Tensor out,
      Tensor hidden,
      Tensor term,
      int i,
      int b,
      int k) {
    Rows r = c.rows(out);
    Tensor saved = c.saved();
    int n = in[2].shape().axis(1);
    int batch = in[0].shape().axis(0);
    int steps = in[0].shape().axis(1);
    int length = Sequences.length(plan, b);
    int first = Sequences.firstRow(plan, batch, b);
    int cells = batch * steps * 4 * n; // where they begin in the saved buffer
    int time = op.time(length, k);
    int gates = (first + time) * 4 * n;
    int cell = cells + (first + time) * n;
    r.add(saved, gates, in[3], 0, saved, gates, 4 * n);
    r.add(saved, gates, in[4], 0, saved, gates, 4 * n);
    if (term != null) {
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

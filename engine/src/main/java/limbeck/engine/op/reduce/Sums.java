package limbeck.engine.op.reduce;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LaneSum;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Sums of rows in the order of {@link Rows#sum}, wherever the rows lie. */
final class Sums {
  /** Sums that are added side by side: their lanes fill half a first-level cache. */
  private static final int WIDTH = 256;

  /** With fewer sums side by side a transposed copy is faster. */
  private static final int LEAST_WIDTH = 16;

  /** Rows that lie in memory one after another. */
  private static final OpContext.ForwardPass ROWS = Sums::rows;

  private Sums() {}

  /**
   * out = the sums of the rows of in[0].
   *
   * @param sideBySide calls {@link #sideBySide} with the op
   */
  static void forward(
      ReduceOp op, OpContext.ForwardPass sideBySide, OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    if (x.size() == 0) {
      c.rows(out).fill(0, out, 0, out.size());
      return;
    }
    int reduced = Reduced.axes(op, x);
    int terms = x.size() / out.size();
    if (Reduced.isTrailing(x, reduced)) {
      c.forward(ROWS, out.size(), terms, in, out);
    } else if (Reduced.isOneGroup(reduced) && Reduced.inner(x, reduced) >= LEAST_WIDTH) {
      int inner = Reduced.inner(x, reduced);
      int units = out.size() / inner * parts(inner);
      c.forward(sideBySide, units, (long) terms * Math.min(inner, WIDTH), in, out);
    } else {
      Tensor[] rows = {Reduced.rows(c, in[0], reduced)};
      c.forward(ROWS, out.size(), terms, rows, out);
    }
  }

  private static int parts(int inner) {
    return (inner - 1) / WIDTH + 1;
  }

  private static void rows(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int terms = in[0].size() / out.size();
    for (int row = from; row < to; row++) {
      out.set(row, r.sum(in[0], row * terms, terms));
    }
  }

  /** Sums {@value #WIDTH} at a time, neighbours in the result. */
  static void sideBySide(ReduceOp op, OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Shape x = in[0].shape();
    int inner = Reduced.inner(x, Reduced.axes(op, x));
    int terms = x.size() / out.size();
    int parts = parts(inner);
    Lane lane = c.lane();
    Tensor lanes = lane.scratch(0, out.dtype(), LaneSum.LANES * Math.min(inner, WIDTH));
    for (int unit = from; unit < to; unit++) {
      int outer = unit / parts;
      int column = unit % parts * WIDTH;
      int n = Math.min(WIDTH, inner - column);
      int first = outer * terms * inner + column;
      LaneSum.forward(
          c.rows(out), in[0], first, inner, terms, lanes, out, outer * inner + column, n);
    }
    c.giveBack(lane);
  }
}

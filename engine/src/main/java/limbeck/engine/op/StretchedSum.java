package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.AxisSum;
import limbeck.engine.kernel.composite.ColumnSum;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The sum over all places that an element of a {@link BroadcastOp}'s operand stands for, in the
 * order stated there.
 */
final class StretchedSum {
  private StretchedSum() {}

  /**
   * Where the terms of an operand's gradient are to be written: the gradient itself if nothing is
   * stretched, else scratch; null if they need not be computed.
   */
  static Tensor termsOf(BroadcastOp op, int operand, OpContext c, Tensor out, Tensor gradient) {
    if (gradient == null) {
      return null;
    }
    if (gradient.size() == out.size()) {
      return gradient.shape().equals(out.shape()) ? gradient : gradient.reshape(out.shape());
    }
    return op.passesGradient(operand) ? null : c.take(out.dtype(), out.shape());
  }

  /**
   * d = Σ of terms over the axes along which the operand stays, in the order that {@link
   * BroadcastOp} states.
   *
   * @param terms of shape {@code y}, in any shape of that size
   * @param d may be null, or share the terms' elements: then there is nothing to do
   */
  static void add(OpContext c, Tensor terms, Shape y, Tensor d) {
    if (d == null || d.size() == y.size()) {
      return;
    }
    if (y.size() == 0) {
      c.rows(d).fill(0, d, 0, d.size());
      return;
    }
    Tensor x = terms;
    int inner = 1;
    int axis = y.rank() - 1;
    while (x.size() > d.size()) {
      for (; !Broadcast.stays(d.shape(), y, axis); axis--) {
        inner *= y.axis(axis);
      }
      int count = 1;
      for (; axis >= 0 && (y.axis(axis) == 1 || Broadcast.stays(d.shape(), y, axis)); axis--) {
        count *= y.axis(axis);
      }
      x = overAxis(c, x, count, inner, d);
    }
  }

  /** Σ over the middle axis of x[…, terms, inner]: d if that is all, else scratch. */
  private static Tensor overAxis(OpContext c, Tensor x, int terms, int inner, Tensor d) {
    int size = x.size() / terms;
    Rows r = c.rows(x);
    Tensor y = size == d.size() ? d : c.take(x.dtype(), Shape.of(size));
    if (inner == 1) {
      c.forEach(size, terms, (from, to) -> AxisSum.ofNeighbours(r, x, terms, y, from, to));
      return y;
    }
    int blocks = ColumnSum.blocks(terms);
    Tensor sums = blocks == 1 ? y : c.take(x.dtype(), Shape.of(size / inner, blocks, inner));
    c.forEach(
        AxisSum.units(size / inner, terms, inner),
        AxisSum.cost(terms, inner),
        (from, to) -> AxisSum.ofBlocks(r, x, terms, inner, sums, from, to));
    if (blocks > 1) {
      c.forEach(size, blocks, (from, to) -> AxisSum.ofSums(r, sums, blocks, inner, y, from, to));
    }
    return y;
  }
}

package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The shapes of {@link BroadcastOp}s, and how they go through operands that differ in theirs. The
 * axes of the result fall into runs along which both operands go on, or one of them stays at its
 * element; the last run is done by row loops, those before are stepped through. An operand that
 * stays along the last run is spread out where the result will be, so that one row loop serves all
 * cases.
 */
final class Broadcast {
  /** Elements over which an operand is spread at a time: they stay in the first-level cache. */
  private static final int PIECE = 1024;

  /** In place of an operand's number: the result is wanted, no gradient. */
  private static final int RESULT = -1;

  private Broadcast() {}

  /**
   * The shape of the result.
   *
   * @throws ShapeException if an axis has two sizes, neither of them 1
   */
  static Shape shape(OpSpec spec, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int[] axes = new int[Math.max(a.rank(), b.rank())];
    for (int axis = -1; axis >= -axes.length; axis--) {
      int ofA = axis < -a.rank() ? 1 : a.axis(axis);
      int ofB = axis < -b.rank() ? 1 : b.axis(axis);
      if (ofA != 1 && ofB != 1) {
        spec.requireEqual("axis " + axis, 0, a, ofA, 1, b, ofB);
      }
      axes[axes.length + axis] = ofA == 1 ? ofB : ofA;
    }
    try {
      return Shape.of(axes);
    } catch (ShapeException e) {
      String operands = spec.describe(0, a) + " and " + spec.describe(1, b);
      throw new ShapeException(spec.name() + ": " + operands + " make " + e.getMessage());
    }
  }

  /** Elements {@code from} to {@code to} of the result. */
  static void forward(BroadcastOp op, Rows r, Tensor[] in, Tensor out, int from, int to) {
    walk(op, r, RESULT, in, out, 0, 0, 0, 0, from, to);
  }

  /**
   * Elements {@code from} to {@code to} of what {@link StretchedSum} adds up for an operand's
   * gradient.
   *
   * @param values a, b, y, dy
   * @param terms of the shape of y; null if there is nothing to do
   */
  static void backward(
      BroadcastOp op, Rows r, int operand, Tensor[] values, Tensor terms, int from, int to) {
    if (terms == null) {
      return;
    }
    if (values[0].size() == terms.size() && values[1].size() == terms.size()) {
      op.backward(
          r, operand, values[0], from, values[1], from, values[2], values[3], terms, from,
          to - from);
    } else {
      walk(op, r, operand, values, terms, 0, 0, 0, 0, from, to);
    }
  }

  /**
   * What of the elements {@code from} to {@code to} lies in one block of the result: all of the
   * axes from {@code axis} on, at one place of those before.
   *
   * @param which {@link #RESULT}, or the operand whose gradient is wanted
   * @param in a, b; and y, dy for gradients
   * @param out where the result goes, or the gradient's terms: of the result's shape
   * @param i where the block begins in a, {@code j} in b, {@code k} in the result
   */
  private static void walk(
      BroadcastOp op,
      Rows r,
      int which,
      Tensor[] in,
      Tensor out,
      int axis,
      int i,
      int j,
      int k,
      int from,
      int to) {
    Shape a = in[0].shape();
    Shape b = in[1].shape();
    Shape y = out.shape();
    int end = endOfRun(a, b, y, axis);
    int size = elements(y, y, axis);
    if (end == y.rank()) {
      row(op, r, which, in, out, stays(a, y, axis), i, stays(b, y, axis), j, k, size, from, to);
      return;
    }
    int aStep = stays(a, y, axis) ? 0 : elements(a, y, end);
    int bStep = stays(b, y, axis) ? 0 : elements(b, y, end);
    int step = elements(y, y, end);
    boolean rows = endOfRun(a, b, y, end) == y.rank();
    boolean aStays = stays(a, y, end);
    boolean bStays = stays(b, y, end);
    boolean bare = which == RESULT && !aStays && !bStays; // rows with nothing to spread: of a bias
    int first = Math.max(0, from - k) / step;
    for (int t = first; t < size / step && k + t * step < to; t++) {
      int atA = i + t * aStep;
      int atB = j + t * bStep;
      int atY = k + t * step;
      if (!rows) {
        walk(op, r, which, in, out, end, atA, atB, atY, from, to);
      } else if (bare && atY >= from && atY + step <= to) {
        op.forward(r, in[0], atA, in[1], atB, out, atY, step);
      } else {
        row(op, r, which, in, out, aStays, atA, bStays, atB, atY, step, from, to);
      }
    }
  }

  /**
   * What of the elements {@code from} to {@code to} lies in a row of the result, n elements from k
   * on, along which an operand goes on or stays.
   */
  private static void row(
      BroadcastOp op,
      Rows r,
      int which,
      Tensor[] in,
      Tensor out,
      boolean aStays,
      int i,
      boolean bStays,
      int j,
      int k,
      int n,
      int from,
      int to) {
    int end = Math.min(to, k + n);
    int count;
    for (int at = Math.max(from, k); at < end; at += count) {
      count = aStays || bStays ? Math.min(PIECE, end - at) : end - at;
      Tensor a = aStays ? spread(r, in[0], i, out, at, count) : in[0];
      Tensor b = bStays ? spread(r, in[1], j, out, at, count) : in[1];
      int atA = aStays ? at : i + at - k;
      int atB = bStays ? at : j + at - k;
      if (which == RESULT) {
        op.forward(r, a, atA, b, atB, out, at, count);
      } else {
        op.backward(r, which, a, atA, b, atB, in[2], in[3], out, at, count);
      }
    }
  }

  /**
   * The end of the axes from {@code axis} on along which the same operands stay; axes of 1 hinder
   * none.
   */
  private static int endOfRun(Shape a, Shape b, Shape y, int axis) {
    int end = axis + 1;
    while (end < y.rank()
        && (y.axis(end) == 1
            || stays(a, y, end) == stays(a, y, axis) && stays(b, y, end) == stays(b, y, axis))) {
      end++;
    }
    return end;
  }

  private static Tensor spread(Rows r, Tensor x, int i, Tensor y, int k, int n) {
    r.fill(x.get(i), y, k, n);
    return y;
  }

  /** Whether an operand has one element for all places of an axis of the result. */
  static boolean stays(Shape operand, Shape y, int axis) {
    int own = axis - y.rank() + operand.rank();
    return y.axis(axis) != (own < 0 ? 1 : operand.axis(own));
  }

  /** The elements that an operand has for one place of the result's axes before {@code axis}. */
  private static int elements(Shape operand, Shape y, int axis) {
    int elements = 1;
    for (int own = Math.max(0, axis - y.rank() + operand.rank()); own < operand.rank(); own++) {
      elements *= operand.axis(own);
    }
    return elements;
  }
}

package limbeck.engine.op.reduce;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Which axes of a shape are reduced, as the bits of a number, and how to bring the rows together.
 */
final class Reduced {
  private Reduced() {}

  static List<Integer> list(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }

  /** Bit k is set if axis k of x is reduced. */
  static int axes(ReduceOp op, Shape x) {
    List<Integer> axes = op.axes();
    return axes.isEmpty() ? (1 << x.rank()) - 1 : op.spec().requireAxes(0, x, axes);
  }

  private static boolean isReduced(int bits, int axis) {
    return (bits >> axis & 1) != 0;
  }

  /** How many elements a row has. */
  static int terms(Shape x, int bits) {
    long terms = 1;
    for (int k = 0; k < x.rank(); k++) {
      terms = isReduced(bits, k) ? Math.min(Integer.MAX_VALUE, terms * x.axis(k)) : terms;
    }
    return (int) terms;
  }

  static Shape result(Shape x, int bits, boolean keep) {
    int[] axes = new int[keep ? x.rank() : x.rank() - Integer.bitCount(bits)];
    int next = 0;
    for (int k = 0; k < x.rank(); k++) {
      if (!isReduced(bits, k)) {
        axes[next++] = x.axis(k);
      } else if (keep) {
        axes[next++] = 1;
      }
    }
    return Shape.of(axes);
  }

  /** Whether the rows lie in x one after another: no axis is left after a reduced one. */
  static boolean isTrailing(Shape x, int bits) {
    return bits == 0 || bits + Integer.lowestOneBit(bits) == 1 << x.rank();
  }

  /** Whether the reduced axes are neighbours. */
  static boolean isOneGroup(int bits) {
    int group = bits >> Integer.numberOfTrailingZeros(bits);
    return (group & group + 1) == 0;
  }

  /** How many elements lie between the terms of a row, where the axes are one group. */
  static int inner(Shape x, int bits) {
    return x.inner(31 - Integer.numberOfLeadingZeros(bits));
  }

  /** The rows of x, one after another: x itself or a copy in scratch. */
  static Tensor rows(OpContext c, Tensor x, int bits) {
    Shape shape = x.shape();
    if (isTrailing(shape, bits)) {
      return x;
    }
    StridedCopy copy = c.stridedCopy(0);
    for (int k = 0; k < shape.rank(); k++) {
      copy.axis(isReduced(bits, k) ? 1 : shape.axis(k), shape.inner(k));
    }
    for (int k = 0; k < shape.rank(); k++) {
      copy.axis(isReduced(bits, k) ? shape.axis(k) : 1, shape.inner(k));
    }
    Tensor rows = c.take(x.dtype(), shape);
    copy.run(c.workers(), c.rows(x), x, rows);
    return rows;
  }

  /** Brings what lies in rows, as {@link #rows} made them, to where x has it. */
  static void restore(OpContext c, Tensor rows, Tensor x, int bits) {
    spread(c, rows, terms(x.shape(), bits), 1, x, bits);
  }

  /** Writes one number per row to all places of the row in x. */
  static void repeat(OpContext c, Tensor perRow, Tensor x, int bits) {
    spread(c, perRow, 1, 0, x, bits);
  }

  /** x from a source where rows lie {@code row} apart and terms of a row {@code term} apart. */
  private static void spread(OpContext c, Tensor source, int row, int term, Tensor x, int bits) {
    Shape shape = x.shape();
    StridedCopy copy = c.stridedCopy(0);
    for (int k = 0; k < shape.rank(); k++) {
      boolean reduced = isReduced(bits, k);
      int stride = reduced ? term : row;
      for (int later = k + 1; later < shape.rank(); later++) {
        stride *= isReduced(bits, later) == reduced ? shape.axis(later) : 1;
      }
      copy.axis(shape.axis(k), stride);
    }
    copy.run(c.workers(), c.rows(x), source, x);
  }
}

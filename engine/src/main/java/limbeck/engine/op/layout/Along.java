package limbeck.engine.op.layout;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Where the elements of one tensor lie that an index, with the same axes but for one, chooses along
 * that one.
 */
final class Along {
  private final int n;
  private final int inner;
  private final int each;

  /** Places in a tensor of shape x by an index. */
  Along(Shape x, Shape index, int axis) {
    n = x.axis(axis);
    inner = x.inner(axis);
    each = index.axis(axis) * inner;
  }

  /** Checks that operand {@code k} has x's axes but for this one. */
  static void require(OpSpec spec, Shape x, int k, Shape index, int axis) {
    int at = spec.requireAxis(0, x, axis);
    if (index.rank() != x.rank()) {
      throw spec.rankError(k, index, x.rank());
    }
    for (int i = 0; i < x.rank(); i++) {
      if (i != at) {
        spec.requireEqual("axis " + i, 0, x, x.axis(i), k, index, index.axis(i));
      }
    }
  }

  /** Elements of the index for one place of the axes before. */
  int each() {
    return each;
  }

  /** The element of x that element {@code k} of the index, which is {@code id}, stands for. */
  int of(int k, int id) {
    int outer = k / each;
    return (outer * n + id) * inner + k % inner;
  }

  /**
   * Adds updates to y where the index says, in its order, at places {@code from} to {@code to} of
   * the axes before. A sum of two floats is rounded once.
   */
  void add(Tensor updates, Tensor index, Tensor y, int from, int to) {
    int[] ids = index.ints();
    for (int k = from * each; k < to * each; k++) {
      int at = of(k, ids[index.offset() + k]);
      y.set(at, y.get(at) + updates.get(k));
    }
  }
}

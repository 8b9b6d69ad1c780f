package limbeck.engine.op.layout;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Checks ids before the work is shared out: so that the first wrong one is reported. */
final class Ids {
  private Ids() {}

  /** Checks that all elements of I32 operand {@code k} are from 0 to {@code n} − 1. */
  static void requireBelow(OpSpec spec, int k, Tensor ids, int n) {
    spec.requireType(k, ids, DType.I32);
    int[] values = ids.ints();
    int at = ids.offset();
    for (int i = 0; i < ids.size(); i++) {
      if (values[at + i] < 0 || values[at + i] >= n) {
        throw new ShapeException(
            spec.name()
                + ": "
                + spec.operands().get(k).name()
                + position(ids.shape(), i)
                + " is "
                + values[at + i]
                + ", not one of the "
                + n
                + " from 0 on");
      }
    }
  }

  /** The indices of element {@code i}, for example {@code [2, 5]}. */
  private static String position(Shape shape, int i) {
    StringBuilder s = new StringBuilder("[");
    int rest = i;
    for (int k = 0; k < shape.rank(); k++) {
      int inner = shape.inner(k);
      s.append(k == 0 ? "" : ", ").append(rest / inner);
      rest %= inner;
    }
    return s.append(']').toString();
  }
}

package limbeck.engine.op;

import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/** Which element of an operand stands at a place of a broadcast result; by index, naively. */
final class Stretch {
  private Stretch() {}

  private static int axis(Shape operand, Shape y, int axis) {
    int own = axis - (y.rank() - operand.rank());
    return own < 0 ? 1 : operand.axis(own);
  }

  /** The element of operand {@code k} that stands at element {@code i} of the result. */
  static int index(OpValues v, int k, int i) {
    Shape operand = v.shape(k);
    Shape y = v.shape();
    int at = 0;
    int stride = 1;
    int rest = i;
    for (int axis = y.rank() - 1; axis >= 0; axis--) {
      int size = axis(operand, y, axis);
      at += stride * (size == 1 ? 0 : rest % y.axis(axis));
      stride *= size;
      rest /= y.axis(axis);
    }
    return at;
  }

  /** Operand {@code k} at element {@code i} of the result. */
  static double at(OpValues v, int k, int i) {
    return v.in(k, index(v, k, i));
  }

  /**
   * Roundings that a term of the gradient of operand {@code k} meets in the sum over stretched
   * axes: those of each sum on its way, in the order that {@link BroadcastOp} states.
   */
  static double roundings(OpValues v, int k) {
    Shape y = v.shape();
    double roundings = 0;
    int terms = 1;
    boolean neighbours = true;
    for (int axis = y.rank() - 1; axis >= -1; axis--) {
      boolean stretched = axis >= 0 && axis(v.shape(k), y, axis) != y.axis(axis);
      if (stretched) {
        terms *= y.axis(axis);
      } else if (axis < 0 || y.axis(axis) > 1) {
        roundings += terms == 1 ? 0 : neighbours ? ErrorBound.sum(terms) : columnSum(terms);
        terms = 1;
        neighbours = false;
      }
    }
    return roundings;
  }

  private static double columnSum(int terms) {
    return ErrorBound.columnSum(terms);
  }

  /** The size of a term of the gradient of operand {@code k} at element {@code i} of the result. */
  @FunctionalInterface
  interface Term {
    double size(OpValues v, int k, int i);
  }

  /**
   * The sums of the sizes of all terms by element of operand {@code k}, kept from the last call.
   */
  static final class Sizes {
    private final Term term;
    private OpValues of;
    private int operand;
    private double[] sums;

    Sizes(Term term) {
      this.term = term;
    }

    double sum(OpValues v, int k, int i) {
      if (of != v || operand != k) {
        of = v;
        operand = k;
        sums = new double[v.shape(k).size()];
        for (int e = 0; e < v.shape().size(); e++) {
          sums[index(v, k, e)] += Math.abs(term.size(v, k, e));
        }
      }
      return sums[i];
    }
  }
}

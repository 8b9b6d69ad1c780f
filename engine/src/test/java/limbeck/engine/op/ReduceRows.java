package limbeck.engine.op;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/**
 * What a reduction makes of each row, in naive double code, with the errors that float32 may make
 * on the way. Computed once for all elements of a run.
 */
final class ReduceRows {
  private static final double U = ErrorBound.U;

  private final OpValues v;

  /** The number of terms of a row. */
  final int n;

  /** The row of each element of the operand. */
  final int[] rowOf;

  final double[] sum;
  final double[] size;
  final double[] max;
  final double[] min;
  final double[] product;

  /** √Σ x². */
  final double[] length;

  /** Σ e^(x − max), the same times |x − max|, and the logarithm of the first plus max. */
  private final double[] exp;

  private final double[] shifted;
  final double[] logSumExp;

  /** Σ (x − mean)². */
  final double[] squares;

  private ReduceRows(OpValues v, List<Integer> axes) {
    this.v = v;
    int elements = v.shape(0).size();
    int rows = v.shape().size();
    n = rows == 0 ? 0 : elements / rows;
    rowOf = new int[elements];
    sum = new double[rows];
    size = new double[rows];
    max = new double[rows];
    min = new double[rows];
    product = new double[rows];
    length = new double[rows];
    exp = new double[rows];
    shifted = new double[rows];
    logSumExp = new double[rows];
    squares = new double[rows];
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(product, 1);
    findRows(axes);
    firstPass();
    secondPass();
  }

  private void findRows(List<Integer> axes) {
    int rank = v.shape(0).rank();
    boolean[] reduced = new boolean[rank];
    Arrays.fill(reduced, axes.isEmpty());
    axes.forEach(a -> reduced[a < 0 ? a + rank : a] = true);
    for (int i = 0; i < rowOf.length; i++) {
      int[] index = LayoutEntries.index(v.shape(0), i);
      int row = 0;
      for (int k = 0; k < rank; k++) {
        row = reduced[k] ? row : row * v.shape(0).axis(k) + index[k];
      }
      rowOf[i] = row;
    }
  }

  private void firstPass() {
    for (int i = 0; i < rowOf.length; i++) {
      int row = rowOf[i];
      sum[row] += v.in(0, i);
      size[row] += Math.abs(v.in(0, i));
      max[row] = Math.max(max[row], v.in(0, i));
      min[row] = Math.min(min[row], v.in(0, i));
      product[row] *= v.in(0, i);
      length[row] += v.in(0, i) * v.in(0, i);
    }
  }

  private void secondPass() {
    for (int i = 0; i < rowOf.length; i++) {
      int row = rowOf[i];
      double below = v.in(0, i) - max[row];
      exp[row] += StrictMath.exp(below);
      shifted[row] += StrictMath.exp(below) * Math.abs(below);
      squares[row] += difference(i) * difference(i);
    }
    for (int row = 0; row < exp.length; row++) {
      length[row] = StrictMath.sqrt(length[row]);
      logSumExp[row] = max[row] + StrictMath.log(exp[row]);
    }
  }

  /** x − mean. */
  double difference(int i) {
    return v.in(0, i) - sum[rowOf[i]] / n;
  }

  /** Of the mean: the sum and a quotient. */
  double meanError(int row) {
    return ErrorBound.gamma(ErrorBound.sum(n) + 1) * size[row] / n;
  }

  /**
   * A rounding of x − max is an absolute error of the exponent: a relative one of the term. Then
   * exp and the sum; the logarithm makes the relative error of the sum an absolute one and adds its
   * own; at last the maximum is added.
   */
  double logSumExpError(int row) {
    double relative =
        U * shifted[row] / exp[row] + ErrorBound.gamma(ErrorBound.EXP + ErrorBound.sum(n));
    double log = ErrorBound.gamma(ErrorBound.LOG) * StrictMath.log(exp[row]);
    return 1.01 * (relative + log + U * Math.abs(logSumExp[row])); // 1.01: products of errors
  }

  /** The rows of operand 0, kept from the last call if the values are the same. */
  static final class Cache {
    private final List<Integer> axes;
    private ReduceRows last;

    Cache(List<Integer> axes) {
      this.axes = axes;
    }

    ReduceRows rows(OpValues v) {
      if (last == null || last.v != v) {
        last = new ReduceRows(v, axes);
      }
      return last;
    }
  }
}

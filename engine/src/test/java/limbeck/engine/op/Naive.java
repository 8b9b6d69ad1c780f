package limbeck.engine.op;

import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/**
 * The log-softmax of all rows of an operand in naive double code, with the absolute error that
 * float32 may make; over what a mask keeps if there is one. Computed once for all elements of a
 * run.
 */
final class Naive {
  final OpValues of;

  /** −∞ for what is left out. */
  final double[] log;

  /** By row. */
  final double[] error;

  /** By row, the largest |logit/T|. */
  final double[] largest;

  final int n;
  private final int k;
  private final int mask;
  private final double temperature;

  private Naive(OpValues v, Cache cache) {
    of = v;
    k = cache.k;
    mask = cache.mask;
    temperature = cache.temperature;
    n = v.shape(k).last();
    int size = v.shape(k).size();
    log = new double[size];
    error = new double[n == 0 ? 0 : size / n];
    largest = new double[error.length];
    for (int row = 0; row < error.length; row++) {
      fill(row);
    }
  }

  private void fill(int row) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = row * n; i < (row + 1) * n; i++) {
      double x = of.in(k, i) / temperature;
      max = keeps(i) ? Math.max(max, x) : max;
      largest[row] = keeps(i) ? Math.max(largest[row], Math.abs(x)) : largest[row];
    }
    double sum = 0;
    for (int i = row * n; i < (row + 1) * n; i++) {
      sum += keeps(i) ? StrictMath.exp(of.in(k, i) / temperature - max) : 0;
    }
    for (int i = row * n; i < (row + 1) * n; i++) {
      double x = of.in(k, i) / temperature - max - StrictMath.log(sum);
      log[i] = keeps(i) ? x : Double.NEGATIVE_INFINITY;
    }
    boolean isNaN = Double.isNaN(max);
    error[row] = isNaN ? max : ErrorBound.gamma(ErrorBound.logSoftmax(n, largest[row]));
  }

  /** Whether the mask, repeated to the operand's shape, keeps element i. */
  boolean keeps(int i) {
    if (mask < 0) {
      return true;
    }
    Shape whole = of.shape(k);
    Shape part = of.shape(mask);
    int missing = whole.rank() - part.rank();
    int rest = i;
    int at = 0;
    int step = 1;
    for (int axis = whole.rank() - 1; axis >= missing; axis--) {
      at += rest % whole.axis(axis) % part.axis(axis - missing) * step;
      step *= part.axis(axis - missing);
      rest /= whole.axis(axis);
    }
    return of.in(mask, at) != 0;
  }

  double probability(int i) {
    return StrictMath.exp(log[i]);
  }

  double error(int i) {
    return error[i / n];
  }

  /** The rows of an operand, kept from the last call if the values are the same. */
  static final class Cache {
    private final int k;
    private final double temperature;
    private final int mask;
    private Naive last;

    /** Rows of operand {@code k}. */
    Cache(int k, double temperature) {
      this(k, temperature, -1);
    }

    /** Rows of operand {@code k} under the mask that is operand {@code mask}, if not negative. */
    Cache(int k, double temperature, int mask) {
      this.k = k;
      this.temperature = temperature;
      this.mask = mask;
    }

    Naive rows(OpValues v) {
      if (last == null || last.of != v) {
        last = new Naive(v, this);
      }
      return last;
    }
  }
}

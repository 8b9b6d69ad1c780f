package limbeck.engine.op;

import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpValues;

/**
 * The log-softmax of all rows of an operand in naive double code, with the absolute error that
 * float32 may make. Computed once for all elements of a run.
 */
final class Naive {
  final OpValues of;
  final double[] log;

  /** By row. */
  final double[] error;

  final int n;

  private Naive(OpValues v, int k, double temperature) {
    of = v;
    n = v.shape(k).last();
    int size = v.shape(k).size();
    log = new double[size];
    error = new double[n == 0 ? 0 : size / n];
    for (int row = 0; row < error.length; row++) {
      fill(v, k, temperature, row);
    }
  }

  private void fill(OpValues v, int k, double temperature, int row) {
    double max = Double.NEGATIVE_INFINITY;
    double largest = 0;
    for (int j = 0; j < n; j++) {
      double x = v.in(k, row * n + j) / temperature;
      max = Math.max(max, x);
      largest = Math.max(largest, Math.abs(x));
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += StrictMath.exp(v.in(k, row * n + j) / temperature - max);
    }
    for (int j = 0; j < n; j++) {
      log[row * n + j] = v.in(k, row * n + j) / temperature - max - StrictMath.log(sum);
    }
    error[row] = Double.isNaN(max) ? max : ErrorBound.gamma(ErrorBound.logSoftmax(n, largest));
  }

  double probability(int i) {
    return StrictMath.exp(log[i]);
  }

  double error(int i) {
    return error[i / n];
  }

  /** The rows of operand {@code k}, kept from the last call if the values are the same. */
  static final class Cache {
    private final int k;
    private final double temperature;
    private Naive last;

    Cache(int k, double temperature) {
      this.k = k;
      this.temperature = temperature;
    }

    Naive rows(OpValues v) {
      if (last == null || last.of != v) {
        last = new Naive(v, k, temperature);
      }
      return last;
    }
  }
}

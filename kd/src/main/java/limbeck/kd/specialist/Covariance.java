package limbeck.kd.specialist;

/**
 * The covariance of a network's predictions: C[i][j] = mean over examples of (p[i] − μ[i]) · (p[j]
 * − μ[j]), with p the probabilities of an example at temperature 1 and μ their mean. Where the
 * network is in two minds between two classes both are likely at once, and their covariance is
 * larger than that of others. Labels are not needed.
 */
final class Covariance {
  private Covariance() {}

  /**
   * The matrix, in two passes of double precision, examples ascending.
   *
   * @param logits row-major [examples, classes]
   */
  static double[][] of(float[] logits, int classes) {
    int n = logits.length / classes;
    double[] mean = new double[classes];
    for (int i = 0; i < n; i++) {
      double[] p = Probabilities.softmax(logits, i, classes);
      for (int c = 0; c < classes; c++) {
        mean[c] += p[c] / n;
      }
    }
    double[][] covariance = new double[classes][classes];
    for (int i = 0; i < n; i++) {
      double[] p = Probabilities.softmax(logits, i, classes);
      for (int c = 0; c < classes; c++) {
        p[c] -= mean[c];
      }
      addProducts(p, n, covariance);
    }
    for (int c = 0; c < classes; c++) {
      for (int d = 0; d < c; d++) {
        covariance[c][d] = covariance[d][c];
      }
    }
    return covariance;
  }

  /** Adds to the diagonal and what is right of it. */
  private static void addProducts(double[] p, int n, double[][] sum) {
    for (int c = 0; c < p.length; c++) {
      for (int d = c; d < p.length; d++) {
        sum[c][d] += p[c] * p[d] / n;
      }
    }
  }
}

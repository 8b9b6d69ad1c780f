package limbeck.kd.metric;

/**
 * Means over examples of what softened probabilities hold at a temperature: entropy, and divergence
 * between teacher and student.
 */
public final class SoftTargetStatistics {
  private SoftTargetStatistics() {}

  /**
   * Returns the mean entropy of the softmax at a temperature, in nats, 0 to log(classes).
   *
   * @param logits finite, row-major {@code [n, classes]}, n at least 1
   * @param temperature above 0
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static double entropy(float[] logits, int classes, double temperature) {
    int n = Logits.examples("logits", logits, classes);
    Logits.checkTemperature(temperature);
    ExactSum sum = new ExactSum();
    double[] logP = new double[classes];
    for (int i = 0; i < n; i++) {
      Logits.logSoftmax(logits, i, classes, temperature, logP);
      double entropy = 0;
      for (double term : logP) {
        double p = StrictMath.exp(term);
        entropy -= p == 0 ? 0 : p * term; // p log p has the limit 0, also where log p is infinite
      }
      sum.add(entropy);
    }
    return sum.value() / n;
  }

  /**
   * Returns the mean of KL(p ‖ q) at a temperature, in nats, without the factor T², at least 0.
   *
   * @param teacher finite logits of p, row-major {@code [n, classes]}, n at least 1
   * @param student logits of q, of the same shape
   * @param temperature above 0, the same for both
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static double kl(float[] teacher, float[] student, int classes, double temperature) {
    Logits.checkTemperature(temperature);
    int n = pairs(teacher, student, classes);
    return klSum(teacher, student, classes, temperature).value() / n;
  }

  static int pairs(float[] teacher, float[] student, int classes) {
    int n = Logits.examples("teacher", teacher, classes);
    int m = Logits.examples("student", student, classes);
    if (n != m) {
      throw new IllegalArgumentException(
          "teacher has logits of " + n + " examples, student of " + m + "; give the same examples");
    }
    return n;
  }

  static ExactSum klSum(float[] teacher, float[] student, int classes, double temperature) {
    ExactSum sum = new ExactSum();
    double[] logP = new double[classes];
    double[] logQ = new double[classes];
    for (int i = 0; i < teacher.length / classes; i++) {
      Logits.logSoftmax(teacher, i, classes, temperature, logP);
      Logits.logSoftmax(student, i, classes, temperature, logQ);
      double kl = 0;
      for (int c = 0; c < classes; c++) {
        double p = StrictMath.exp(logP[c]);
        kl += p == 0 ? 0 : p * (logP[c] - logQ[c]);
      }
      // Rounding may leave a divergence of nearly equal rows a few ulps below zero.
      sum.add(Math.max(0, kl));
    }
    return sum;
  }
}

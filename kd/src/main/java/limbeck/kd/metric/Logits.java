package limbeck.kd.metric;

import java.util.Locale;

/**
 * Reads rows of logits: what is checked once for every metric, the arg max, and the log-softmax in
 * double precision.
 */
final class Logits {
  private Logits() {}

  /**
   * Returns the number of examples in logits {@code [n, classes]}.
   *
   * @throws IllegalArgumentException if there are none, the length does not fit, or a logit is not
   *     finite
   */
  static int examples(String name, float[] logits, int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          name + ": the number of classes is " + classes + "; it must be at least 1");
    }
    if (logits.length == 0 || logits.length % classes != 0) {
      throw new IllegalArgumentException(
          name + ": " + logits.length + " logits are not whole rows of " + classes + " classes");
    }
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: logit of example %d, class %d is %s; the network has diverged or was fed bad"
                    + " input",
                name,
                i / classes,
                i % classes,
                logits[i]));
      }
    }
    return logits.length / classes;
  }

  /**
   * Checks that there is one label per example and that each names a class.
   *
   * @throws IllegalArgumentException naming the first label that does not fit
   */
  static void checkLabels(int[] labels, int examples, int classes) {
    if (labels.length != examples) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " labels for " + examples + " rows of logits");
    }
    for (int i = 0; i < examples; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "labels: label of example %d is %d; it must lie in 0..%d",
                i,
                labels[i],
                classes - 1));
      }
    }
  }

  /** Checks that a temperature can divide logits. */
  static void checkTemperature(double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "temperature: " + temperature + " given; it must be finite and above 0");
    }
  }

  /** Returns the class of the largest logit in one row, the lower index if several are largest. */
  static int argMax(float[] logits, int row, int classes) {
    int offset = row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[offset + c] > logits[offset + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Writes the log-softmax of one row, divided by the temperature, into {@code out[classes]}. */
  static void logSoftmax(float[] logits, int row, int classes, double temperature, double[] out) {
    int offset = row * classes;
    double max = logits[offset + argMax(logits, row, classes)];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      out[c] = (logits[offset + c] - max) / temperature;
      sum += StrictMath.exp(out[c]);
    }
    double logSum = StrictMath.log(sum);
    for (int c = 0; c < classes; c++) {
      out[c] -= logSum;
    }
  }
}

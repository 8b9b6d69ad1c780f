package limbeck.kd.measure;

/** Softmax at a temperature, one row of logits at a time, in double precision. */
final class Softened {
  private Softened() {}

  /** Writes the probabilities of row {@code row} of logits [examples, classes] into {@code p}. */
  static void row(float[] logits, int row, double temperature, double[] p) {
    int offset = row * p.length;
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < p.length; c++) {
      max = Math.max(max, logits[offset + c]);
    }
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = StrictMath.exp((logits[offset + c] - max) / temperature);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
  }

  /** Entropy of probabilities, in nats. */
  static double entropy(double[] p) {
    double entropy = 0;
    for (double x : p) {
      entropy -= x == 0 ? 0 : x * StrictMath.log(x);
    }
    return entropy;
  }

  /** The class of the largest logit in a row, the lower index if several are largest. */
  static int argMax(float[] logits, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[row * classes + c] > logits[row * classes + best]) {
        best = c;
      }
    }
    return best;
  }
}

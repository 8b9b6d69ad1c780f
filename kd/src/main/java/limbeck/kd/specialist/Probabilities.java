package limbeck.kd.specialist;

/** Rows of logits as probabilities, in double precision, the same on every JVM. */
final class Probabilities {
  /** No probability is smaller: logarithms stay finite, and nothing else can tell. */
  static final double LEAST = 1e-300;

  private Probabilities() {}

  /** The softmax of row {@code row} of logits [examples, classes]. */
  static double[] softmax(float[] logits, int row, int classes) {
    double[] z = new double[classes];
    for (int c = 0; c < classes; c++) {
      z[c] = logits[row * classes + c];
    }
    return softmax(z);
  }

  /** The softmax of logits, which it is written over. */
  static double[] softmax(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      z[c] = Math.max(LEAST, StrictMath.exp(z[c] - max));
      sum += z[c];
    }
    for (int c = 0; c < z.length; c++) {
      z[c] /= sum;
    }
    return z;
  }
}

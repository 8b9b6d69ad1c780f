package limbeck.kd.metric;

/**
 * How good the probabilities of a classifier are, at temperature 1: negative log-likelihood, Brier
 * score and expected calibration error.
 *
 * <p>The figures of two test sets combine to those of both together ({@link #plus}), bit for bit.
 */
public final class Calibration {
  private final long examples;
  private final ExactSum nll;
  private final ExactSum brier;
  private final Reliability reliability;

  private Calibration(long examples, ExactSum nll, ExactSum brier, Reliability reliability) {
    this.examples = examples;
    this.nll = nll;
    this.brier = brier;
    this.reliability = reliability;
  }

  /**
   * Measures a network with {@value Reliability#BINS} bins.
   *
   * @param logits finite, row-major {@code [n, classes]}, n at least 1
   * @param labels {@code [n]}, each in {@code 0..classes-1}
   * @throws IllegalArgumentException if the arguments do not fit together or a logit is not finite
   */
  public static Calibration of(float[] logits, int[] labels, int classes) {
    return of(logits, labels, classes, Reliability.BINS);
  }

  /** Measures a network with a number of bins of one's own, at least 1. */
  public static Calibration of(float[] logits, int[] labels, int classes, int bins) {
    int n = Logits.examples("logits", logits, classes);
    Logits.checkLabels(labels, n, classes);
    double[] confidence = new double[n];
    boolean[] right = new boolean[n];
    ExactSum nll = new ExactSum();
    ExactSum brier = new ExactSum();
    double[] logProbability = new double[classes];
    for (int i = 0; i < n; i++) {
      Logits.logSoftmax(logits, i, classes, 1, logProbability);
      int predicted = Logits.argMax(logits, i, classes);
      confidence[i] = StrictMath.exp(logProbability[predicted]);
      right[i] = predicted == labels[i];
      nll.add(-logProbability[labels[i]]);
      brier.add(brier(logProbability, labels[i]));
    }
    return new Calibration(n, nll, brier, Reliability.of(confidence, right, bins));
  }

  private static double brier(double[] logProbability, int label) {
    double sum = 0;
    for (int c = 0; c < logProbability.length; c++) {
      double off = StrictMath.exp(logProbability[c]) - (c == label ? 1 : 0);
      sum += off * off;
    }
    return sum;
  }

  /** Returns the measures of both test sets together; they must have as many bins. */
  public Calibration plus(Calibration other) {
    ExactSum bothNll = nll.copy();
    bothNll.add(other.nll);
    ExactSum bothBrier = brier.copy();
    bothBrier.add(other.brier);
    return new Calibration(
        Math.addExact(examples, other.examples),
        bothNll,
        bothBrier,
        reliability.plus(other.reliability));
  }

  /** Returns the number of examples. */
  public long examples() {
    return examples;
  }

  /** Returns the mean of −log of the probability given to the label, in nats, at least 0. */
  public double nll() {
    return nll.value() / examples;
  }

  /** Returns the mean squared distance of the probabilities from the one-hot label, 0 to 2. */
  public double brier() {
    return brier.value() / examples;
  }

  /** Returns the expected calibration error over the bins, 0 to 1. */
  public double ece() {
    return reliability.expectedCalibrationError();
  }

  /** Returns confidence against accuracy by bin. */
  public Reliability reliability() {
    return reliability;
  }
}

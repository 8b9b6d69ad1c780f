package limbeck.kd.metric;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a classifier got right: the confusion counts of a test set and the figures that follow from
 * them.
 *
 * <p>The prediction is the class of the largest logit, the lower index if several are largest. The
 * counts of two test sets add up to those of both together ({@link #plus}).
 */
public final class Classification {
  private final int classes;
  private final long[] counts; // [label * classes + predicted]

  private Classification(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * Counts the predictions of a network.
   *
   * @param logits finite, row-major {@code [n, classes]}, n at least 1
   * @param labels {@code [n]}, each in {@code 0..classes-1}
   * @throws IllegalArgumentException if the arguments do not fit together or a logit is not finite
   */
  public static Classification of(float[] logits, int[] labels, int classes) {
    int n = Logits.examples("logits", logits, classes);
    Logits.checkLabels(labels, n, classes);
    long[] counts = new long[Math.multiplyExact(classes, classes)];
    for (int i = 0; i < n; i++) {
      counts[labels[i] * classes + Logits.argMax(logits, i, classes)]++;
    }
    return new Classification(classes, counts);
  }

  /**
   * Wraps confusion counts.
   *
   * @param counts {@code counts[label][predicted]}, square, not negative, not all zero
   * @throws IllegalArgumentException if the counts are not that
   */
  public static Classification ofCounts(long[][] counts) {
    int classes = counts.length;
    long[] flat = new long[Math.multiplyExact(classes, classes)];
    for (int label = 0; label < classes; label++) {
      if (counts[label].length != classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "confusion counts: row %d has %d columns for %d classes",
                label,
                counts[label].length,
                classes));
      }
      System.arraycopy(counts[label], 0, flat, label * classes, classes);
    }
    if (Arrays.stream(flat).anyMatch(c -> c < 0) || Arrays.stream(flat).allMatch(c -> c == 0)) {
      throw new IllegalArgumentException(
          "confusion counts: they must not be negative nor all be zero");
    }
    return new Classification(classes, flat);
  }

  /** Returns the counts of both test sets together; they must have the same classes. */
  public Classification plus(Classification other) {
    if (other.classes != classes) {
      throw new IllegalArgumentException(
          "confusion counts of " + classes + " and of " + other.classes + " classes do not add up");
    }
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], other.counts[i]);
    }
    return new Classification(classes, sum);
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns the number of examples of one class that were predicted as another. */
  public long count(int label, int predicted) {
    return counts[label * classes + predicted];
  }

  /** Returns a copy of all counts, {@code [label][predicted]}. */
  public long[][] counts() {
    long[][] copy = new long[classes][];
    for (int label = 0; label < classes; label++) {
      copy[label] = Arrays.copyOfRange(counts, label * classes, (label + 1) * classes);
    }
    return copy;
  }

  /** Returns the number of examples. */
  public long examples() {
    return Arrays.stream(counts).sum();
  }

  /** Returns the number of examples whose prediction is the label. */
  public long correct() {
    long correct = 0;
    for (int c = 0; c < classes; c++) {
      correct += count(c, c);
    }
    return correct;
  }

  /** Returns the number of examples whose prediction is not the label. */
  public long errors() {
    return examples() - correct();
  }

  /** Returns the share of examples whose prediction is the label, 0 to 1. */
  public double accuracy() {
    return (double) correct() / examples();
  }

  /** Returns the share of the predictions of a class that are right; undefined without any. */
  public Score precision(int c) {
    return Score.ratio(count(c, c), predicted(c));
  }

  /** Returns the share of the examples of a class that are found; undefined without any. */
  public Score recall(int c) {
    return Score.ratio(count(c, c), labelled(c));
  }

  /** Returns the harmonic mean of precision and recall of a class, {@code 2TP/(2TP + FP + FN)}. */
  public Score f1(int c) {
    return Score.ratio(2.0 * count(c, c), (double) labelled(c) + predicted(c));
  }

  /** Returns the plain mean of the F1 of all classes; a class that is absent counts as 0. */
  public double macroF1() {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += f1(c).value();
    }
    return sum / classes;
  }

  /** Returns the mean of the F1 of all classes, each weighted by its number of examples. */
  public double weightedF1() {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += labelled(c) * f1(c).value();
    }
    return sum / examples();
  }

  /**
   * Returns Matthews' correlation coefficient of labels and predictions, −1 to 1, in its form for
   * any number of classes; undefined if all labels or all predictions are one class.
   */
  public Score matthews() {
    double total = examples();
    double both = 0;
    double labels = 0;
    double predictions = 0;
    for (int c = 0; c < classes; c++) {
      both += (double) labelled(c) * predicted(c);
      labels += (double) labelled(c) * labelled(c);
      predictions += (double) predicted(c) * predicted(c);
    }
    double spread = (total * total - predictions) * (total * total - labels);
    return Score.ratio(correct() * total - both, Math.sqrt(spread));
  }

  private long labelled(int c) {
    long sum = 0;
    for (int predicted = 0; predicted < classes; predicted++) {
      sum += count(c, predicted);
    }
    return sum;
  }

  private long predicted(int c) {
    long sum = 0;
    for (int label = 0; label < classes; label++) {
      sum += count(label, c);
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Classification that
        && classes == that.classes
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * classes + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "Classification[" + errors() + " errors of " + examples() + "]";
  }
}

package limbeck.kd.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Confidence against accuracy in bins of equal width, and the expected calibration error that
 * follows from them (C. Guo et al., "On calibration of modern neural networks", 2017, arXiv
 * 1706.04599).
 *
 * <p>Bin b of B holds confidences in (b/B, (b+1)/B]; the first also holds 0. The error is biased
 * upward for few examples and depends on B: compare it at equal numbers of examples and bins only.
 */
public final class Reliability {
  /** Number of bins where none is given. */
  public static final int BINS = 15;

  private final long[] count;
  private final long[] correct;
  private final ExactSum[] confidence;

  /**
   * One bin of predictions.
   *
   * @param low confidences in this bin lie above it (the first bin also holds 0)
   * @param high confidences in this bin do not exceed it
   * @param count number of predictions, at least 1
   * @param confidence mean confidence of the predictions
   * @param accuracy share of the predictions that are right
   */
  public record Bin(double low, double high, long count, double confidence, double accuracy) {}

  private Reliability(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins: " + bins + " given; at least 1 is needed");
    }
    count = new long[bins];
    correct = new long[bins];
    confidence = new ExactSum[bins];
    Arrays.setAll(confidence, b -> new ExactSum());
  }

  /**
   * Sorts predictions into bins.
   *
   * @param confidences probability given to the class predicted, each 0 to 1
   * @param right whether each prediction is the label, of the same length
   * @param bins number of bins, at least 1
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static Reliability of(double[] confidences, boolean[] right, int bins) {
    if (confidences.length == 0 || confidences.length != right.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d confidences for %d predictions; as many are needed, and at least one",
              confidences.length,
              right.length));
    }
    Reliability reliability = new Reliability(bins);
    for (int i = 0; i < confidences.length; i++) {
      if (!(confidences[i] >= 0 && confidences[i] <= 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "confidence of example %d is %s; it must lie in 0..1",
                i,
                confidences[i]));
      }
      reliability.add(confidences[i], right[i]);
    }
    return reliability;
  }

  private void add(double sure, boolean right) {
    int bins = count.length;
    int bin = (int) Math.max(0, Math.min(bins - 1, Math.ceil(sure * bins) - 1));
    count[bin]++;
    correct[bin] += right ? 1 : 0;
    confidence[bin].add(sure);
  }

  /** Returns the bins of both sets of predictions together; they must have as many bins. */
  public Reliability plus(Reliability other) {
    if (other.count.length != count.length) {
      throw new IllegalArgumentException(
          count.length + " and " + other.count.length + " bins do not add up");
    }
    Reliability sum = new Reliability(count.length);
    for (int b = 0; b < count.length; b++) {
      sum.count[b] = Math.addExact(count[b], other.count[b]);
      sum.correct[b] = Math.addExact(correct[b], other.correct[b]);
      sum.confidence[b].add(confidence[b]);
      sum.confidence[b].add(other.confidence[b]);
    }
    return sum;
  }

  /** Returns the bins that hold predictions, from the least to the most confident. */
  public List<Bin> bins() {
    int bins = count.length;
    List<Bin> result = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      if (count[b] > 0) {
        double mean = confidence[b].value() / count[b];
        double accuracy = (double) correct[b] / count[b];
        result.add(new Bin((double) b / bins, (b + 1.0) / bins, count[b], mean, accuracy));
      }
    }
    return List.copyOf(result);
  }

  /**
   * Returns the expected calibration error, 0 to 1: the mean over predictions of the distance
   * between mean confidence and accuracy of their bin.
   */
  public double expectedCalibrationError() {
    double sum = 0;
    long total = 0;
    for (int b = 0; b < count.length; b++) {
      sum += Math.abs(confidence[b].value() - correct[b]);
      total += count[b];
    }
    return sum / total;
  }
}

package limbeck.kd.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The mean difference of two arms with its interval, paired by seed or, for a single seed, by test
 * example.
 *
 * <p>Both runs of a pair share seed, data order and budget, so their difference is free of most of
 * the noise that each of them has.
 *
 * @param differences arm − baseline, one per seed; over examples a single one, the total
 * @param mean mean of the differences
 * @param sd standard deviation of the differences with n − 1; over examples that of the total
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param level probability that the interval covers the true difference, 0.95 for 95 %
 * @param over what the interval is over
 */
public record PairedInterval(
    List<Double> differences,
    double mean,
    double sd,
    double low,
    double high,
    double level,
    Over over) {

  /** Seeds that could be asked for at most, see {@link #seedsToSettle}. */
  private static final int MOST_SEEDS = 50;

  /** What is drawn anew in the repetitions that an interval is about. */
  public enum Over {
    /** Initialisation and data order: supports a claim about a method. */
    SEEDS("seeds"),
    /** Test examples: supports a claim about these two networks. */
    EXAMPLES("examples");

    private final String text;

    Over(String text) {
      this.text = text;
    }

    /** Returns the word that stands for it in records. */
    public String text() {
      return text;
    }
  }

  /** Copies the differences. */
  public PairedInterval {
    differences = List.copyOf(differences);
  }

  /**
   * Returns the 95 % interval of arm − baseline over seeds, by Student's t.
   *
   * @param arm one figure per seed, at least two
   * @param baseline the figures of the same seeds in the same order
   * @throws IllegalArgumentException if the lengths differ or are below two
   */
  public static PairedInterval overSeeds(double[] arm, double[] baseline) {
    if (arm.length != baseline.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d seeds of the arm, %d of the baseline; only seeds that both have can be paired",
              arm.length,
              baseline.length));
    }
    double[] differences = new double[arm.length];
    Arrays.setAll(differences, i -> arm[i] - baseline[i]);
    return ofDifferences(differences, 0.95);
  }

  /**
   * Returns the interval of the mean of paired differences over seeds, by Student's t.
   *
   * @param differences finite, at least two
   * @param level above 0 and below 1
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static PairedInterval ofDifferences(double[] differences, double level) {
    if (differences.length < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an interval over seeds needs at least two, %d given; pair one seed over test"
                  + " examples",
              differences.length));
    }
    MeanInterval m = MeanInterval.of(differences, level);
    List<Double> boxed = Arrays.stream(differences).boxed().toList();
    return new PairedInterval(boxed, m.mean(), m.sd(), m.low(), m.high(), level, Over.SEEDS);
  }

  /**
   * Returns the smallest number of seeds that would settle the sign of a mean difference if the
   * spread stays the same: the first n above the present one with t(n − 1) · s / √n below |mean|.
   * It is a plan, not a result; empty for fewer than three seeds, whose spread says too little, and
   * where not even {@value #MOST_SEEDS} suffice.
   *
   * @param seeds present number of seeds
   * @param mean mean of the differences
   * @param sd their standard deviation
   */
  public static OptionalInt seedsToSettle(int seeds, double mean, double sd, double level) {
    for (int n = seeds + 1; seeds >= 3 && n <= MOST_SEEDS; n++) {
      if (StudentT.twoSided(level, n - 1) * sd / Math.sqrt(n) < Math.abs(mean)) {
        return OptionalInt.of(n);
      }
    }
    return OptionalInt.empty();
  }
}

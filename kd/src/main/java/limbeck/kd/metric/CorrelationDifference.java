package limbeck.kd.metric;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.random.Philox;

/**
 * The difference of two networks' Pearson correlations with the scores of one test set, with its 95
 * % interval over examples by the paired bootstrap: both are measured on the same {@value #DRAWS}
 * draws of as many examples with replacement. P. Koehn, Statistical significance tests for machine
 * translation evaluation, EMNLP 2004.
 */
public final class CorrelationDifference {
  private static final int DRAWS = 1000;
  private static final int TAIL = 25; // of the draws, at either end
  private static final long STREAM = 0x424f4f54; // "BOOT"

  private CorrelationDifference() {}

  /**
   * Returns arm − baseline with its interval, a function of the arguments alone. The standard
   * deviation is that of the draws.
   *
   * @throws IllegalArgumentException if the two are not of the same scores, or of one example
   */
  public static PairedInterval of(Regression arm, Regression baseline) {
    int n = arm.examples();
    if (baseline.examples() != n || n < 2) {
      throw new IllegalArgumentException(
          "correlations of "
              + n
              + " and "
              + baseline.examples()
              + " examples: the same expected,"
              + " two at least");
    }
    double[] differences = new double[DRAWS];
    Philox random = new Philox(0).stream(STREAM);
    int[] drawn = new int[n];
    for (int b = 0; b < DRAWS; b++) {
      Philox draw = random.stream(b);
      Arrays.setAll(drawn, i -> draw.below(i, n));
      differences[b] = arm.pearson(drawn) - baseline.pearson(drawn);
    }
    double d = arm.pearson().value() - baseline.pearson().value();
    double sd = MeanInterval.of(differences).sd();
    Arrays.sort(differences);
    double low = differences[TAIL];
    double high = differences[DRAWS - 1 - TAIL];
    return new PairedInterval(List.of(d), d, sd, low, high, 0.95, PairedInterval.Over.EXAMPLES);
  }
}

package limbeck.kd.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.metric.Verdict;

/**
 * A comparison of two arms and what it came to.
 *
 * @param label the verdict
 * @param arm id of the arm that is judged
 * @param baseline id of the arm it is judged against
 * @param metric metric of both, such as {@code errors}
 * @param lowerIsBetter true for errors and losses, false for accuracy
 * @param claim what the comparison tests, in words; may be null
 * @param differences arm − baseline by seed, in the order of the run's seeds; over examples a
 *     single one
 * @param mean their mean
 * @param sd their standard deviation; over examples that of the difference
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param level probability of the interval, 0.95
 * @param over {@code seeds} or {@code examples}
 * @param minimumGain gain that was asked for before the run, at least 0
 */
public record VerdictRecord(
    Verdict label,
    String arm,
    String baseline,
    String metric,
    boolean lowerIsBetter,
    String claim,
    List<Double> differences,
    double mean,
    double sd,
    double low,
    double high,
    double level,
    String over,
    double minimumGain) {

  /**
   * Copies the differences.
   *
   * @throws IllegalArgumentException if a number is not finite, or the level or gain is no such
   */
  public VerdictRecord {
    differences = List.copyOf(differences);
    boolean numbers = DoubleStream.of(mean, sd, low, high).allMatch(Double::isFinite);
    if (!numbers || !differences.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "verdict on %s: differences, mean, sd and interval must be finite",
              arm));
    }
    if (!(level > 0 && level < 1) || !(minimumGain >= 0) || Double.isInfinite(minimumGain)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "verdict on %s: level %s must lie between 0 and 1, minimumGain %s must not be below"
                  + " 0",
              arm,
              level,
              minimumGain));
    }
  }

  /** Judges a paired interval of arm − baseline. */
  public static VerdictRecord of(
      String arm,
      String baseline,
      String metric,
      boolean lowerIsBetter,
      String claim,
      PairedInterval interval,
      double minimumGain) {
    return new VerdictRecord(
        Verdict.of(interval, lowerIsBetter, minimumGain),
        arm,
        baseline,
        metric,
        lowerIsBetter,
        claim,
        interval.differences(),
        interval.mean(),
        interval.sd(),
        interval.low(),
        interval.high(),
        interval.level(),
        interval.over().text(),
        minimumGain);
  }

  /** Returns whether the interval is over seeds, not over the test examples of one seed. */
  public boolean overSeeds() {
    return over.equals("seeds");
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("label", label.label())
        .put("arm", arm)
        .put("baseline", baseline)
        .put("metric", metric)
        .put("lowerIsBetter", lowerIsBetter)
        .put("claim", claim)
        .put("differences", differences)
        .put("mean", mean)
        .put("sd", sd)
        .put("low", low)
        .put("high", high)
        .put("level", level)
        .put("over", over)
        .put("minimumGain", minimumGain)
        .map();
  }

  static VerdictRecord read(JsonFields fields) throws FormatException {
    return new VerdictRecord(
        label(fields),
        fields.text("arm"),
        fields.text("baseline"),
        fields.text("metric"),
        fields.flag("lowerIsBetter", true),
        fields.text("claim", null),
        fields.numbers("differences"),
        fields.number("mean"),
        fields.number("sd"),
        fields.number("low"),
        fields.number("high"),
        fields.number("level"),
        fields.text("over"),
        fields.has("minimumGain") ? fields.number("minimumGain") : 0);
  }

  private static Verdict label(JsonFields fields) throws FormatException {
    try {
      return Verdict.ofLabel(fields.text("label"));
    } catch (IllegalArgumentException e) {
      throw new FormatException("report.json: " + e.getMessage(), e);
    }
  }
}

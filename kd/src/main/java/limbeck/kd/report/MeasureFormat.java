package limbeck.kd.report;

import limbeck.kd.metric.Measure;

/**
 * How figures of a measure, and differences of two, are written and spoken of, the same in every
 * report: errors as counts, correlations times 100.
 *
 * @param measure the measure
 * @param part of the data that it is measured on: test, validation
 */
public record MeasureFormat(Measure measure, String part) {
  private static final int DECIMALS = 2; // of a correlation times 100

  /** That of a report's verdict. */
  public static MeasureFormat of(RunReport report) {
    return new MeasureFormat(report.measure(), report.data().part());
  }

  private boolean counts() {
    return measure == Measure.ERRORS;
  }

  /** A value in the unit that is shown: a plot's axis is in it. */
  public double shown(double value) {
    return counts() ? value : 100 * value;
  }

  /** The figure of one network: 1,062; 87.31. */
  public String one(double value) {
    return counts() ? NumberFormats.grouped(Math.round(value)) : mean(value, 0);
  }

  /**
   * A mean of figures.
   *
   * @param places decimals, where the figures are counts
   */
  public String mean(double value, int places) {
    return NumberFormats.fixed(shown(value), counts() ? places : DECIMALS);
  }

  /** A mean with half the width of its interval. */
  public String mean(double value, double halfWidth, int places) {
    int decimals = counts() ? places : DECIMALS;
    return NumberFormats.plusMinus(shown(value), shown(halfWidth), decimals);
  }

  /** Half the width of an interval. */
  public String halfWidth(double halfWidth, int places) {
    return NumberFormats.halfWidth(shown(halfWidth), counts() ? places : DECIMALS);
  }

  /** A difference of two networks, with its sign. */
  public String signed(double difference) {
    return NumberFormats.signed(shown(difference), counts() ? 0 : DECIMALS);
  }

  /** A mean of differences, with its sign. */
  public String signedMean(double difference) {
    return NumberFormats.signed(shown(difference), counts() ? 1 : DECIMALS);
  }

  /** A standard deviation of differences. */
  public String deviation(double sd) {
    return NumberFormats.fixed(shown(sd), counts() ? 1 : DECIMALS);
  }

  /** An interval of differences: [−77.0, −48.2]. */
  public String interval(double low, double high) {
    return NumberFormats.interval(shown(low), shown(high), counts() ? 1 : DECIMALS);
  }

  /** What it is, in lower case, without the part. */
  public String word() {
    return counts() ? "errors" : "Pearson × 100";
  }

  /** What it is, with the part: test errors. */
  public String noun() {
    return part + " " + word();
  }

  /** A figure with its word, as a mark of a plot says it: 62 errors. */
  public String said(double value) {
    return one(value) + " " + word();
  }

  /** Which values are better. */
  public String better() {
    return (counts() ? "fewer" : "higher") + " is better";
  }

  /** The side of an axis of differences with lower values. */
  public String lower() {
    return counts() ? "fewer errors" : "lower correlation";
  }

  /** The side with higher values. */
  public String higher() {
    return counts() ? "more errors" : "higher correlation";
  }

  /** The side that is better. */
  public String betterSide() {
    return measure.lowerIsBetter() ? lower() : higher();
  }

  /** What a gap between two networks is in. */
  public String gap() {
    return counts() ? "errors" : "correlation";
  }
}

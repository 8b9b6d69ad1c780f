package limbeck.kd.metric;

/**
 * Whether an arm beats its baseline, decided only by the interval of the paired difference and a
 * minimum gain that was stated before the run.
 */
public enum Verdict {
  /** The whole interval is on the better side by more than the minimum gain. */
  BEATS("BEATS"),
  /** No part of the interval is better by more than the minimum gain. */
  NO_BEATS("NO BEATS"),
  /** The interval contains both: the seeds do not settle it. */
  INCONCLUSIVE("INCONCLUSIVE");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** Returns the label as it stands in reports: BEATS, NO BEATS or INCONCLUSIVE. */
  public String label() {
    return label;
  }

  /**
   * Returns the verdict of a label.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public static Verdict ofLabel(String label) {
    for (Verdict verdict : values()) {
      if (verdict.label.equals(label)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException(
        "verdict \"" + label + "\" is none of BEATS, NO BEATS, INCONCLUSIVE");
  }

  /**
   * Judges an interval of arm − baseline.
   *
   * @param low lower end, finite
   * @param high upper end, at least low
   * @param lowerIsBetter true for errors and losses, false for accuracy
   * @param minimumGain how much better the arm must be, at least 0, in units of the metric
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static Verdict of(double low, double high, boolean lowerIsBetter, double minimumGain) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException("[" + low + ", " + high + "] is no interval");
    }
    if (!(minimumGain >= 0) || Double.isInfinite(minimumGain)) {
      throw new IllegalArgumentException(
          "minimumGain: " + minimumGain + " given; it must be 0 or more");
    }
    double best = lowerIsBetter ? low : -high;
    double worst = lowerIsBetter ? high : -low;
    if (worst < -minimumGain) {
      return BEATS;
    }
    return best >= -minimumGain ? NO_BEATS : INCONCLUSIVE;
  }

  /** Judges a paired interval, see {@link #of(double, double, boolean, double)}. */
  public static Verdict of(PairedInterval interval, boolean lowerIsBetter, double minimumGain) {
    return of(interval.low(), interval.high(), lowerIsBetter, minimumGain);
  }
}

package limbeck.kd.metric;

/**
 * The 95 % interval of one correlation over test examples, by Fisher's transformation:
 * tanh(atanh(r) ± 1.96 / √(n − 3)). R. A. Fisher 1921. Two correlations on the same examples are
 * compared by {@link CorrelationDifference}, not by their intervals.
 *
 * @param low lower end
 * @param high upper end
 */
public record CorrelationInterval(double low, double high) {
  /** The fewest examples that there is an interval for. */
  public static final int FEWEST = 4;

  /**
   * Returns the interval of a correlation.
   *
   * @param r from −1 to 1
   * @param examples at least {@value #FEWEST}
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static CorrelationInterval of(double r, int examples) {
    if (!(Math.abs(r) <= 1) || examples < FEWEST) {
      throw new IllegalArgumentException(
          "correlation " + r + " of " + examples + " examples; −1 to 1 of " + FEWEST + " at least");
    }
    if (Math.abs(r) == 1) {
      return new CorrelationInterval(r, r);
    }
    double z = (StrictMath.log1p(r) - StrictMath.log1p(-r)) / 2;
    double half = NormalQuantile.TWO_SIDED_95 / Math.sqrt(examples - 3);
    return new CorrelationInterval(StrictMath.tanh(z - half), StrictMath.tanh(z + half));
  }
}

package limbeck.kd.metric;

/**
 * Wilson's 95 % interval of a proportion (E. B. Wilson, "Probable inference, the law of succession,
 * and statistical inference", 1927): within 0 to 1 and sensible for few trials and for none or all
 * successes.
 *
 * @param low lower end, at least 0
 * @param high upper end, at most 1
 */
public record WilsonInterval(double low, double high) {
  /**
   * Returns the interval of a share.
   *
   * @param successes 0 to trials
   * @param trials at least 1
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static WilsonInterval of(long successes, long trials) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          successes + " of " + trials + " is no share; 0 to n of at least 1 is needed");
    }
    double n = trials;
    double share = successes / n;
    double z2 = NormalQuantile.TWO_SIDED_95 * NormalQuantile.TWO_SIDED_95;
    double scale = 1 + z2 / n;
    double middle = (share + z2 / (2 * n)) / scale;
    double half = Math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / scale;
    // Exact at the ends, where rounding would leave a few ulps.
    double low = successes == 0 ? 0 : Math.max(0, middle - half);
    double high = successes == trials ? 1 : Math.min(1, middle + half);
    return new WilsonInterval(low, high);
  }
}

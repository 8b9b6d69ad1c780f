package limbeck.kd.metric;

/**
 * The exact interval of a proportion (C. J. Clopper and E. S. Pearson, "The use of confidence or
 * fiducial limits illustrated in the case of the binomial", 1934).
 */
final class ExactShare {
  /** What lies outside on either side of a 95 % interval. */
  private static final double TAIL = 0.025;

  private static final int HALVINGS = 60;

  private ExactShare() {}

  /**
   * Returns the lower end of the 95 % interval: the share at which so many successes or more have a
   * chance of 2.5 %. The upper end is one minus that of the failures.
   *
   * @param successes 0 to trials
   * @param trials 0 or more
   */
  static double low(long successes, long trials) {
    if (successes == 0) {
      return 0;
    }
    double below = 0;
    double above = (double) successes / trials;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (below + above) / 2;
      if (atLeast(successes, trials, middle) < TAIL) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return below;
  }

  /** The chance of k or more successes, for k above the mean: terms fall from the first on. */
  private static double atLeast(long k, long n, double share) {
    double odds = share / (1 - share);
    double term = 1;
    double sum = 1;
    for (long i = k; i < n && term > 1e-18 * sum; i++) {
      term *= odds * (n - i) / (i + 1);
      sum += term;
    }
    return sum * StrictMath.exp(logTerm(k, n, share));
  }

  private static double logTerm(long k, long n, double share) {
    double log = k * StrictMath.log(share) + (n - k) * StrictMath.log1p(-share);
    for (long i = 1; i <= k; i++) {
      log += StrictMath.log((double) (n - k + i) / i);
    }
    return log;
  }
}

package limbeck.kd.metric;

/**
 * The mean of a figure over seeds with its two-sided interval by Student's t: mean ± t · s / √n.
 *
 * <p>It covers what a seed changes, initialisation and data order, not the choice of test examples.
 *
 * @param n number of seeds, at least 1
 * @param mean the mean
 * @param sd standard deviation with n − 1; 0 for one seed
 * @param halfWidth half the width of the interval; 0 for one seed, which has none
 * @param level probability that the interval covers the true mean, 0.95 for 95 %
 */
public record MeanInterval(int n, double mean, double sd, double halfWidth, double level) {
  /** Returns mean and 95 % interval of one figure per seed. */
  public static MeanInterval of(double... values) {
    return of(values, 0.95);
  }

  /**
   * Returns mean and interval of one figure per seed.
   *
   * @param values finite, at least one
   * @param level above 0 and below 1
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static MeanInterval of(double[] values, double level) {
    StudentT.checkLevel(level);
    int n = values.length;
    if (n == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("value " + i + " of a mean is " + values[i]);
      }
    }
    double mean = mean(values);
    if (n == 1) {
      return new MeanInterval(1, mean, 0, 0, level);
    }
    double sd = sd(values, mean);
    double half = StudentT.twoSided(level, n - 1) * sd / Math.sqrt(n);
    return new MeanInterval(n, mean, sd, half, level);
  }

  /** Returns whether there is an interval, that is more than one seed. */
  public boolean hasInterval() {
    return n > 1;
  }

  /** Returns the lower end of the interval. */
  public double low() {
    return mean - halfWidth;
  }

  /** Returns the upper end of the interval. */
  public double high() {
    return mean + halfWidth;
  }

  private static double mean(double[] values) {
    ExactSum sum = new ExactSum();
    for (double value : values) {
      sum.add(value);
    }
    return sum.value() / values.length;
  }

  private static double sd(double[] values, double mean) {
    ExactSum squares = new ExactSum();
    for (double value : values) {
      squares.add((value - mean) * (value - mean));
    }
    return Math.sqrt(squares.value() / (values.length - 1));
  }
}

package limbeck.kd.metric;

/**
 * Student's t distribution for whole degrees of freedom, without tables or approximation.
 *
 * <p>With t = √ν tan θ the probability of |t| or less is a finite sum of powers of cos θ (M.
 * Abramowitz, I. Stegun, "Handbook of mathematical functions", 1964, 26.7.3 and 26.7.4). It rises
 * with θ, so bisection finds the quantile to the last bits.
 */
public final class StudentT {
  private StudentT() {}

  /**
   * Returns the t that a variable stays within, on both sides, with a given probability.
   *
   * @param level the probability, above 0 and below 1; 0.95 for a 95 % interval
   * @param degrees degrees of freedom, at least 1
   * @throws IllegalArgumentException if the arguments are not that
   */
  public static double twoSided(double level, int degrees) {
    checkLevel(level);
    if (degrees < 1) {
      throw new IllegalArgumentException(
          "degrees of freedom: " + degrees + " given; at least 1 is needed");
    }
    double low = 0;
    double high = Math.PI / 2;
    while (true) {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high) {
        return Math.sqrt(degrees) * StrictMath.tan(middle);
      }
      if (within(middle, degrees) < level) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  static void checkLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level: " + level + " given; it must lie between 0 and 1, 0.95 for 95 %");
    }
  }

  /** Probability of |t| at most √degrees · tan(angle). */
  private static double within(double angle, int degrees) {
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    double square = cosine * cosine;
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
      term *= square * (k - 1) / k;
      sum += term;
    }
    return odd ? (angle + sine * sum) * 2 / Math.PI : sine * sum;
  }
}

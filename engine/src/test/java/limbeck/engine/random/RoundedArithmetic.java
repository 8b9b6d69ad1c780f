package limbeck.engine.random;

import java.math.BigDecimal;

/** The definition of {@link Turn} in exact numbers, rounded to double after every operation. */
final class RoundedArithmetic {
  private RoundedArithmetic() {}

  private static double times(double a, double b) {
    return new BigDecimal(a).multiply(new BigDecimal(b)).doubleValue();
  }

  private static double plus(double a, double b) {
    return new BigDecimal(a).add(new BigDecimal(b)).doubleValue();
  }

  /** sin(2π·turns), or for {@code more} = 1 the cosine. */
  static double sineOfTurn(double turns, int more) {
    int quarter = (int) plus(times(4, turns), 0.5);
    double x = times(times(2, Math.PI), plus(turns, -0.25 * quarter));
    int at = quarter + more;
    double value = at % 2 == 0 ? sine(x) : cosine(x);
    return at % 4 < 2 ? value : -value;
  }

  private static double sine(double x) {
    double z = times(x, x);
    return plus(x, times(times(x, z), series(17, 3, z)));
  }

  private static double cosine(double x) {
    double z = times(x, x);
    return plus(1, plus(times(times(z, z), series(16, 4, z)), -times(0.5, z)));
  }

  /** Horner's rule with coefficients ±1/n! for n = highest, highest − 2, … lowest. */
  private static double series(int highest, int lowest, double z) {
    double sum = 0;
    for (int n = highest; n >= lowest; n -= 2) {
      long factorial = 1;
      for (int i = 2; i <= n; i++) {
        factorial *= i;
      }
      double sign = n / 2 % 2 == 0 ? 1 : -1;
      sum = plus(times(sum, z), sign / factorial);
    }
    return sum;
  }
}

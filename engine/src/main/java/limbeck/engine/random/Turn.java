package limbeck.engine.random;

/**
 * Sine and cosine of a part of a full turn, by plain additions and multiplications of doubles: the
 * same bits on every JVM, and nothing allocated, which {@link StrictMath} does not promise. The
 * quarter is split off exactly; for the rest, at most an eighth of a turn, Taylor's series to x¹⁷
 * and x¹⁶ leaves out less than 3e-18. Absolute error below 5e-16.
 */
final class Turn {
  /** 1/17!, −1/15!, … −1/3!: the factorials are exact, the quotients rounded once. */
  private static final double[] SINE = {
    1 / 355687428096000.0,
    -1 / 1307674368000.0,
    1 / 6227020800.0,
    -1 / 39916800.0,
    1 / 362880.0,
    -1 / 5040.0,
    1 / 120.0,
    -1 / 6.0
  };

  /** 1/16!, −1/14!, … 1/4!. */
  private static final double[] COSINE = {
    1 / 20922789888000.0,
    -1 / 87178291200.0,
    1 / 479001600.0,
    -1 / 3628800.0,
    1 / 40320.0,
    -1 / 720.0,
    1 / 24.0
  };

  private Turn() {}

  /** sin(2π·turns) for turns in [0, 1). */
  static double sine(double turns) {
    return sine(turns, 0);
  }

  /** cos(2π·turns) for turns in [0, 1). */
  static double cosine(double turns) {
    return sine(turns, 1);
  }

  /** The sine of {@code turns} and so many quarters more. */
  private static double sine(double turns, int more) {
    int quarter = (int) (4 * turns + 0.5);
    double x = 2 * Math.PI * (turns - 0.25 * quarter);
    int at = quarter + more;
    double value = (at & 1) == 0 ? nearSine(x) : nearCosine(x);
    return (at & 2) == 0 ? value : -value;
  }

  private static double nearSine(double x) {
    double z = x * x;
    return x + x * z * series(SINE, z);
  }

  private static double nearCosine(double x) {
    double z = x * x;
    return 1 + (z * z * series(COSINE, z) - 0.5 * z);
  }

  private static double series(double[] coefficients, double z) {
    double sum = 0;
    for (double c : coefficients) {
      sum = sum * z + c;
    }
    return sum;
  }
}

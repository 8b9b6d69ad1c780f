package limbeck.engine.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The decimal text of a floating number with the fewest digits that reads back as the same number;
 * of several, the one closest to it, and of two as close the one with an even last digit. {@code
 * Double.toString} does so only from JDK 19 on (and pads to two digits), so files would differ
 * between JDKs.
 *
 * <p>Method: by bisection the smallest number of digits at which the exact value, rounded up or
 * down to that many, parses to the number. If one length has such a decimal, so have all longer
 * ones (append a zero), hence bisection is exact; 17 digits always suffice for double, 9 for float.
 * Steele and White, "How to print floating-point numbers accurately" (1990) is the definition; this
 * is slower, about 10 µs each, and obvious.
 */
final class ShortestDecimal {
  private ShortestDecimal() {}

  static String of(double value) {
    checkFinite(value);
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double positive = Math.abs(value);
    return sign + text(positive, 17, d -> Double.parseDouble(d.toString()) == positive);
  }

  static String of(float value) {
    checkFinite(value);
    String sign = Float.floatToRawIntBits(value) < 0 ? "-" : "";
    float positive = Math.abs(value);
    return sign + text(positive, 9, d -> Float.parseFloat(d.toString()) == positive);
  }

  private static void checkFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "json: " + value + " has no JSON form; write null or a string instead");
    }
  }

  private static String text(double value, int enough, Predicate<BigDecimal> same) {
    if (value == 0) {
      return "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    int low = 1;
    int high = enough;
    while (low < high) {
      int middle = (low + high) / 2;
      if (rounded(exact, middle, same) == null) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return notation(rounded(exact, high, same));
  }

  /**
   * The value to {@code digits} digits, the closer neighbour first; null when neither is the same
   * number.
   */
  private static BigDecimal rounded(BigDecimal exact, int digits, Predicate<BigDecimal> same) {
    BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (same.test(near)) {
      return near;
    }
    // At a power of two the numbers below are closer than those above, so that the near neighbour
    // can be another number's while the far one, on the other side, is not.
    boolean up = near.compareTo(exact) < 0;
    BigDecimal far = exact.round(new MathContext(digits, up ? RoundingMode.UP : RoundingMode.DOWN));
    return same.test(far) ? far : null;
  }

  /** Positional from 1e-4 to below 1e16, else scientific. */
  private static String notation(BigDecimal decimal) {
    BigDecimal stripped = decimal.stripTrailingZeros();
    String digits = stripped.unscaledValue().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    if (exponent < -4 || exponent >= 16) {
      String point = digits.length() == 1 ? "" : ".";
      String magnitude = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
      return digits.charAt(0)
          + point
          + digits.substring(1)
          + (exponent < 0 ? "e-" : "e+")
          + magnitude;
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    int whole = exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length()) + ".0"
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }
}

package limbeck.kd.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The forms of numbers in reports, always the same: the exact binary value rounded half up, decimal
 * point, thousands grouped by commas, U+2212 as the minus sign, and a narrow no-break space
 * (U+202F) before units.
 *
 * <p>{@link PlainText#ascii} turns any of them into ASCII for terminals that have nothing else.
 */
public final class NumberFormats {
  /** Stands where a value is missing: an en dash. */
  public static final String MISSING = "\u2013";

  private static final String SPACE = "\u202f";
  private static final String MINUS = "\u2212";
  private static final List<String> PREFIXES = List.of("", "k", "M", "G", "T");
  private static final BigDecimal NEXT_PREFIX = new BigDecimal("999.5");
  private static final List<String> WORDS =
      List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private NumberFormats() {}

  private static BigDecimal round(BigDecimal x, int decimals) {
    return x.setScale(decimals, RoundingMode.HALF_UP);
  }

  private static String text(BigDecimal rounded) {
    String digits = rounded.abs().toPlainString();
    int point = digits.indexOf('.');
    int whole = point < 0 ? digits.length() : point;
    StringBuilder out = new StringBuilder(rounded.signum() < 0 ? MINUS : "");
    for (int i = 0; i < whole; i++) {
      out.append(i > 0 && (whole - i) % 3 == 0 ? "," : "").append(digits.charAt(i));
    }
    return out.append(digits, whole, digits.length()).toString();
  }

  /** Returns a number with fixed decimals: 247.4; −1,062.6. What rounds to zero has no sign. */
  public static String fixed(double x, int decimals) {
    return text(round(new BigDecimal(x), decimals));
  }

  /** Returns a difference with its sign, always but for zero: +116.4; −62.6. */
  public static String signed(double x, int decimals) {
    BigDecimal rounded = round(new BigDecimal(x), decimals);
    return (rounded.signum() > 0 ? "+" : "") + text(rounded);
  }

  /** Returns a whole number with all digits, grouped by commas: 2,395,210. */
  public static String grouped(long n) {
    return text(BigDecimal.valueOf(n));
  }

  /** Returns a mean with half the width of its interval: 247.4 ± 10.3. */
  public static String plusMinus(double mean, double halfWidth, int decimals) {
    return fixed(mean, decimals) + " ± " + halfWidth(halfWidth, decimals);
  }

  /**
   * Returns half the width of an interval; one that rounds to zero is written as below: {@code <
   * 0.01}.
   */
  public static String halfWidth(double x, int decimals) {
    BigDecimal rounded = round(new BigDecimal(x), decimals);
    boolean vanished = rounded.signum() == 0 && x > 0;
    return vanished ? "<" + SPACE + BigDecimal.ONE.movePointLeft(decimals) : text(rounded);
  }

  /** Returns a fraction in percent with two decimals: 98.15 %. */
  public static String percent(double fraction) {
    return percent(fraction, 2);
  }

  /** Returns a fraction in percent. */
  public static String percent(double fraction, int decimals) {
    return hundredths(fraction, decimals) + SPACE + "%";
  }

  /** Returns a number that is percent already, with two decimals and the sign: 1.96 %. */
  public static String percentOf(double percent) {
    return fixed(percent, 2) + SPACE + "%";
  }

  /** Returns a fraction in percent without the sign. */
  static String hundredths(double fraction, int decimals) {
    return text(round(new BigDecimal(fraction).movePointRight(2), decimals));
  }

  /** Returns nats with three decimals: 0.063. */
  public static String nats(double x) {
    return fixed(x, 3);
  }

  private static String threeDigits(BigDecimal x) {
    boolean two = x.compareTo(new BigDecimal("9.995")) < 0;
    boolean one = x.compareTo(new BigDecimal("99.95")) < 0;
    return text(round(x, two ? 2 : one ? 1 : 0));
  }

  /** Returns a count of multiply-adds, or a rate, in three digits and powers of 1000: 54.9 k. */
  public static String scaled(double x) {
    return scaled(x, "");
  }

  /** Returns a number of bytes in three digits and powers of 1000: 9.58 MB. */
  public static String bytes(long n) {
    return scaled(n, "B");
  }

  private static String scaled(double x, String unit) {
    BigDecimal value = new BigDecimal(x);
    int step = 0;
    while (value.compareTo(NEXT_PREFIX) >= 0 && step < PREFIXES.size() - 1) {
      value = value.movePointLeft(3);
      step++;
    }
    String number = step == 0 ? text(round(value, 0)) : threeDigits(value);
    String suffix = PREFIXES.get(step) + unit;
    return suffix.isEmpty() ? number : number + SPACE + suffix;
  }

  /** Returns a latency in three digits, in µs below one millisecond: 21.3 µs. */
  public static String latency(double milliseconds) {
    BigDecimal value = new BigDecimal(milliseconds);
    boolean micro = value.movePointRight(3).compareTo(NEXT_PREFIX) < 0;
    return micro
        ? threeDigits(value.movePointRight(3)) + SPACE + "µs"
        : threeDigits(value) + SPACE + "ms";
  }

  /** Returns a time: 41.8 s; from a minute on 2 min 51 s; from an hour on 2 h 51 min. */
  public static String duration(double seconds) {
    BigDecimal exact = new BigDecimal(seconds);
    if (exact.compareTo(new BigDecimal("59.95")) < 0) {
      return text(round(exact, 1)) + SPACE + "s";
    }
    BigInteger sixty = BigInteger.valueOf(60);
    BigInteger[] minutes = round(exact, 0).toBigInteger().divideAndRemainder(sixty);
    BigInteger[] hours = minutes[0].divideAndRemainder(sixty);
    return hours[0].signum() == 0
        ? minutes[0] + SPACE + "min " + minutes[1] + SPACE + "s"
        : text(new BigDecimal(hours[0])) + SPACE + "h " + hours[1] + SPACE + "min";
  }

  /** Returns a ratio in three digits: 43.5×. */
  public static String ratio(double x) {
    return threeDigits(new BigDecimal(x)) + "×";
  }

  /** Returns a probability for a bar, two decimals; empty below 0.005. */
  public static String probability(double p) {
    return p < 0.005 ? "" : fixed(p, 2);
  }

  /**
   * Returns a probability for a sentence: from 0.20 on itself, else one chance in a whole number of
   * at most two digits that are not 0, such as 2,900.
   */
  public static String chance(double p) {
    if (p >= 0.2) {
      return fixed(p, 2);
    }
    if (p < 1e-9) {
      return "less than one chance in a billion";
    }
    MathContext two = new MathContext(2, RoundingMode.HALF_UP);
    BigDecimal n = BigDecimal.ONE.divide(new BigDecimal(p), MathContext.DECIMAL128).round(two);
    return "one chance in " + text(round(n, 0));
  }

  /** Returns an interval for a table: [−77.0, −48.2]. */
  public static String interval(double low, double high, int decimals) {
    return "[" + signed(low, decimals) + ", " + signed(high, decimals) + "]";
  }

  /** Returns a number for a sentence: a word up to ten, digits above. */
  public static String spelled(long n) {
    return n >= 0 && n < WORDS.size() ? WORDS.get((int) n) : grouped(n);
  }

  /** Returns a number of things for a sentence: one seed; five seeds. */
  public static String plural(long n, String one) {
    return spelled(n) + " " + one + (n == 1 ? "" : "s");
  }
}

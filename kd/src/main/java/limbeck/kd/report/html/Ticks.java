package limbeck.kd.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.NumberFormats;

/** Round values for axes: 1, 2 or 5 times a power of ten. */
final class Ticks {
  private static final double ROUNDING = 1e-9; // of a step: an end that is a tick stays one

  private Ticks() {}

  /** About {@code count} equal steps between two ends; the lower end alone where both are equal. */
  static List<Double> nice(double low, double high, int count) {
    double raw = (high - low) / count;
    if (!(raw > 0)) {
      return List.of(low);
    }
    int power = (int) Math.floor(StrictMath.log10(raw));
    double unit = raw / power(1, power);
    int mantissa = unit > 7 ? 10 : unit > 3.5 ? 5 : unit > 1.5 ? 2 : 1;
    double step = power(mantissa, power);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - ROUNDING);
        k * step <= high + step * ROUNDING;
        k++) {
      ticks.add(power(k * mantissa, power));
    }
    return ticks;
  }

  /** Every mark times a power of ten between two ends above 0. */
  static List<Double> log(double low, double high, int... marks) {
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(StrictMath.log10(high));
    for (int power = (int) Math.floor(StrictMath.log10(low)); power <= last; power++) {
      for (int mark : marks) {
        double tick = power(mark, power);
        if (tick >= low * 0.999 && tick <= high * 1.001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** Ticks of a log axis: 1, 2 and 5 of each decade, or equal steps where that are not two. */
  static List<Double> log(double low, double high) {
    List<Double> decades = log(low, high, 1, 2, 5);
    return decades.size() < 2 ? nice(low, high, 4) : decades;
  }

  /** The double next to digits · 10^power, which no product of doubles would always give. */
  private static double power(long digits, int power) {
    return BigDecimal.valueOf(digits).scaleByPowerOfTen(power).doubleValue();
  }

  /** A value with the digits that it needs, at most twelve: 0.3, 20, −5. */
  static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros();
    return rounded.toPlainString();
  }

  /** A value with fixed decimals and the ASCII signs that scripts read. */
  static String decimals(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** On an axis of figures: counts are whole. */
  static String of(MeasureFormat format, double tick) {
    return format.measure() == Measure.ERRORS
        ? NumberFormats.grouped(Math.round(tick))
        : label(tick);
  }

  /** On an axis of differences: with its sign. */
  static String signed(MeasureFormat format, double tick) {
    return format.measure() == Measure.ERRORS
        ? NumberFormats.signed(tick, 0)
        : (tick > 0 ? "+" : "") + label(tick);
  }

  /** As {@link #plain}, with the minus sign of texts. */
  static String label(double tick) {
    return plain(tick).replace('-', '\u2212');
  }
}

package limbeck.kd.report.html;

import limbeck.kd.report.NumberFormats;

/** Differences in errors: a count has no decimals, a mean has one. */
final class Signed {
  private Signed() {}

  static String whole(double difference) {
    return NumberFormats.signed(difference, 0);
  }

  static String mean(double difference) {
    return NumberFormats.signed(difference, 1);
  }
}

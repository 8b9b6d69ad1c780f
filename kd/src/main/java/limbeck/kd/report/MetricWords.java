package limbeck.kd.report;

/**
 * How sentences speak of a difference in one metric.
 *
 * @param verb what an arm does: it makes errors, it has accuracy
 * @param less word for a smaller value, such as fewer
 * @param more word for a larger value
 * @param same words for an equal value, such as as many
 * @param noun the metric
 * @param unit unit behind the number, with a space before it; may be empty
 * @param decimals decimals of the number
 * @param percentPoints whether the value is a fraction that is shown in percentage points
 */
record MetricWords(
    String verb,
    String less,
    String more,
    String same,
    String noun,
    String unit,
    int decimals,
    boolean percentPoints) {

  /**
   * The words for a metric.
   *
   * @param part of the data that it is measured on: test, validation
   */
  static MetricWords of(String metric, String part) {
    return switch (metric) {
      case "errors" ->
          new MetricWords("makes", "fewer", "more", "as many", part + " errors", "", 1, false);
      case "pearson" -> points(part + " Pearson correlation");
      case "accuracy" -> points(part + " accuracy");
      case "ece" -> points("calibration error");
      case "agreement" -> points("agreement with the teacher");
      case "nll" -> amount(part + " NLL", " nats");
      case "klToTeacher" -> amount("KL to the teacher", " nats");
      default -> amount(metric, "");
    };
  }

  private static MetricWords points(String noun) {
    return new MetricWords("has", "less", "more", "as much", noun, " points", 2, true);
  }

  private static MetricWords amount(String noun, String unit) {
    return new MetricWords("has", "less", "more", "as much", noun, unit, 3, false);
  }

  /** A difference without its sign and unit. */
  String number(double difference, int places) {
    double x = Math.abs(difference);
    return percentPoints ? NumberFormats.hundredths(x, places) : NumberFormats.fixed(x, places);
  }

  /** A difference with its sign and without its unit. */
  String signed(double difference, int places) {
    String text = number(difference, places);
    boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
    return (zero ? "" : difference < 0 ? "\u2212" : "+") + text;
  }

  /** A difference without its sign. */
  String size(double difference, int places) {
    return number(difference, places) + unit;
  }

  String direction(double difference) {
    return difference < 0 ? less : more;
  }
}

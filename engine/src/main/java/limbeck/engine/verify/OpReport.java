package limbeck.engine.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What checks of ops found: a row per op and configuration, and the failures.
 *
 * @param rows one per configuration, in order
 * @param failures one line each: op, configuration, check, place
 */
public record OpReport(List<Row> rows, List<String> failures) {

  /**
   * One configuration of one op.
   *
   * @param op its name
   * @param configuration the sample's name
   * @param gradient largest error of the gradient against differences, relative; NaN if not checked
   * @param result largest float32 error of the result as a fraction of its bound; NaN if not
   *     checked
   * @param gradients the same for the gradients
   * @param providers what was compared: for example {@code scalar = simd 256}
   * @param threads what was compared: for example {@code 1 = 2 = 3 = 8}
   */
  public record Row(
      String op,
      String configuration,
      double gradient,
      double result,
      double gradients,
      String providers,
      String threads) {}

  /** Keeps the lists unmodifiable. */
  public OpReport {
    rows = List.copyOf(rows);
    failures = List.copyOf(failures);
  }

  /** Both reports in one. */
  public OpReport and(OpReport other) {
    List<Row> allRows = new ArrayList<>(rows);
    allRows.addAll(other.rows);
    List<String> allFailures = new ArrayList<>(failures);
    allFailures.addAll(other.failures);
    return new OpReport(allRows, allFailures);
  }

  /**
   * This report, if nothing failed.
   *
   * @throws AssertionError listing the failures
   */
  public OpReport requirePassed() {
    if (!failures.isEmpty()) {
      throw new AssertionError(failures.size() + " failures\n" + String.join("\n", failures));
    }
    return this;
  }

  /** The rows as a text table. */
  public String table() {
    StringBuilder s = new StringBuilder();
    s.append("gradient: error against central differences, relative to max(1, |value|)\n");
    s.append("result, gradients: largest float32 error as a fraction of its bound\n\n");
    String format = "%-13s %-34s %9s %7s %9s  %-18s %s%n";
    s.append(
        String.format(
            Locale.ROOT,
            format,
            "op",
            "configuration",
            "gradient",
            "result",
            "gradients",
            "providers",
            "threads"));
    for (Row r : rows) {
      s.append(
          String.format(
              Locale.ROOT,
              format,
              r.op,
              r.configuration,
              number("%.1e", r.gradient),
              number("%.3f", r.result),
              number("%.3f", r.gradients),
              r.providers,
              r.threads));
    }
    return s.toString();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}

package limbeck.engine.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import limbeck.engine.io.Sha256;

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
   * @param bits 16 hexadecimal digits of the SHA-256 of the float32 result and gradients: the same
   *     on every JVM
   */
  public record Row(
      String op,
      String configuration,
      double gradient,
      double result,
      double gradients,
      String providers,
      String threads,
      String bits) {}

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
    String format = "%-18s %-40s %9s %7s %9s  %-18s %-14s %s%n";
    s.append(
        line(
            format,
            "op",
            "configuration",
            "gradient",
            "result",
            "gradients",
            "providers",
            "threads",
            "bits"));
    for (Row r : rows) {
      s.append(
          line(
              format,
              r.op,
              r.configuration,
              number("%.1e", r.gradient),
              number("%.3f", r.result),
              number("%.3f", r.gradients),
              r.providers,
              r.threads,
              r.bits));
    }
    return s.toString();
  }

  /**
   * One line per op: configurations, how many of them were checked by differences, and the largest
   * figures of {@link #table()}.
   */
  public String summary() {
    StringBuilder s = new StringBuilder();
    String format = "%-18s %14s %12s %9s %7s %9s  %-18s %s%n";
    s.append(
        line(
            format,
            "op",
            "configurations",
            "differences",
            "gradient",
            "result",
            "gradients",
            "providers",
            "threads"));
    Map<String, List<Row>> byOp = new TreeMap<>();
    rows.forEach(r -> byOp.computeIfAbsent(r.op, op -> new ArrayList<>()).add(r));
    byOp.forEach(
        (op, all) ->
            s.append(
                line(
                    format,
                    op,
                    all.size(),
                    all.stream().filter(r -> !Double.isNaN(r.gradient)).count(),
                    number("%.1e", largest(all, Row::gradient)),
                    number("%.3f", largest(all, Row::result)),
                    number("%.3f", largest(all, Row::gradients)),
                    distinct(all, Row::providers),
                    distinct(all, Row::threads))));
    return s.toString();
  }

  /**
   * A line for each op: its name, the number of configurations, 16 digits of the SHA-256 of all
   * their bits.
   */
  public List<String> bitLines() {
    Map<String, StringBuilder> byOp = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Row r : rows) {
      String line = r.configuration + ' ' + r.bits + '\n';
      byOp.computeIfAbsent(r.op, op -> new StringBuilder()).append(line);
      counts.merge(r.op, 1, Integer::sum);
    }
    List<String> lines = new ArrayList<>();
    byOp.forEach(
        (op, text) -> {
          String hash = Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
          lines.add(op + " " + counts.get(op) + " " + hash.substring(0, 16));
        });
    return lines;
  }

  private static double largest(List<Row> rows, ToDoubleFunction<Row> figure) {
    return rows.stream().mapToDouble(figure).filter(x -> !Double.isNaN(x)).max().orElse(Double.NaN);
  }

  private static String distinct(List<Row> rows, Function<Row, String> what) {
    return rows.stream().map(what).distinct().collect(Collectors.joining("; "));
  }

  private static String line(String format, Object... columns) {
    return String.format(Locale.ROOT, format, columns);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}

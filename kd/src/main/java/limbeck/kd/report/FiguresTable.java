package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import limbeck.kd.metric.MeanInterval;

/**
 * The table of all figures of a run: one line per metric, one column per arm. Figures that no arm
 * has are left out.
 */
final class FiguresTable {
  private final RunReport report;
  private final List<Arm> arms;
  private final List<List<String>> lines = new ArrayList<>();

  private FiguresTable(RunReport report) {
    this.report = report;
    this.arms = report.allArms();
  }

  /** Heads and lines; the first column has the names of the metrics. */
  static List<List<String>> of(RunReport report) {
    FiguresTable table = new FiguresTable(report);
    table.heads();
    table.qualities();
    table.further();
    table.sizes();
    return table.lines;
  }

  private void heads() {
    List<String> heads = new ArrayList<>(List.of(""));
    arms.forEach(arm -> heads.add(arm.label()));
    lines.add(heads);
  }

  private void qualities() {
    int places = report.run().seeds().size() > 1 ? 1 : 0;
    DoubleFunction<String> errors = x -> NumberFormats.fixed(x, places);
    mean(
        report.data().part().equals("test") ? "Test errors" : "Validation errors",
        true,
        row -> count(row.errors()),
        errors,
        1,
        1);
    mean("Accuracy", true, Row::accuracy, NumberFormats::percent, 100, 2);
    mean("NLL, nats", true, Row::nll, NumberFormats::nats, 1, 3);
    mean("ECE", true, Row::ece, NumberFormats::percent, 100, 2);
    mean("Agreement", false, Row::agreement, NumberFormats::percent, 100, 2);
    mean("KL(teacher ‖ arm)", false, Row::klToTeacher, NumberFormats::nats, 1, 3);
  }

  private void further() {
    Set<String> names = new LinkedHashSet<>();
    report.rows().forEach(row -> names.addAll(row.more().keySet()));
    for (String name : names) {
      ToDoubleFunction<Row> figure = row -> row.more().getOrDefault(name, Double.NaN);
      mean(name, true, figure, NumberFormats::nats, 1, 3);
    }
  }

  private void sizes() {
    String things = VerdictSentences.capital(report.data().things());
    median("Parameters", row -> count(row.parameters()), x -> NumberFormats.grouped((long) x));
    median("Weights", row -> count(row.bytes()), x -> NumberFormats.bytes((long) x));
    median("Multiply-adds", row -> count(row.multiplyAdds()), NumberFormats::scaled);
    median("Latency, batch 1", Row::latencyMs, NumberFormats::latency);
    median(things + "/s, batch 64", Row::throughput, NumberFormats::scaled);
  }

  private void mean(
      String name,
      boolean alsoTeacher,
      ToDoubleFunction<Row> figure,
      DoubleFunction<String> form,
      double scale,
      int places) {
    add(
        name,
        arm -> {
          double[] values = values(arm, figure);
          if (values.length == 0 || arm.role().equals("teacher") && !alsoTeacher) {
            return NumberFormats.MISSING;
          }
          MeanInterval m = MeanInterval.of(values);
          String half = NumberFormats.halfWidth(m.halfWidth() * scale, places);
          return form.apply(m.mean()) + (m.hasInterval() ? " ± " + half : "");
        });
  }

  private void median(String name, ToDoubleFunction<Row> figure, DoubleFunction<String> form) {
    add(
        name,
        arm -> {
          double[] values = values(arm, figure);
          return values.length == 0 ? NumberFormats.MISSING : form.apply(median(values));
        });
  }

  private interface Cell {
    String of(Arm arm);
  }

  private void add(String name, Cell cell) {
    List<String> line = new ArrayList<>(List.of(name));
    arms.forEach(arm -> line.add(cell.of(arm)));
    if (line.stream().skip(1).anyMatch(text -> !text.equals(NumberFormats.MISSING))) {
      lines.add(line);
    }
  }

  private double[] values(Arm arm, ToDoubleFunction<Row> figure) {
    return report.rowsOf(arm.id()).stream().mapToDouble(figure).filter(Double::isFinite).toArray();
  }

  /** A count as a figure, not measured where it is below zero. */
  private static double count(long n) {
    return n < 0 ? Double.NaN : n;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }
}

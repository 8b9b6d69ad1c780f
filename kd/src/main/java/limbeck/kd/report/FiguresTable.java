package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;

/**
 * The table of all figures of a run: one line per metric, one column per arm that is shown. Figures
 * that none of them has are left out.
 */
public final class FiguresTable {
  /** The figure that says how many of a network's parameters are never trained. */
  public static final String FROZEN = "frozenParameters";

  private final RunReport report;
  private final List<Arm> arms;
  private final Optional<Arm> reference;
  private final List<Line> lines = new ArrayList<>();

  /**
   * One metric.
   *
   * @param name short name, for text
   * @param title name where there is room
   * @param cells one per arm, in the order of {@link RunReport#shownArms}
   */
  public record Line(String name, String title, List<Cell> cells) {
    /** Copies the cells. */
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One figure of one arm.
   *
   * @param value mean or median with its unit; {@link NumberFormats#MISSING} if there is none
   * @param half half the width of the mean's interval; empty if there is none
   */
  public record Cell(String value, String half) {
    private static final Cell MISSING = new Cell(NumberFormats.MISSING, "");

    /** Returns both in one text. */
    String text() {
      return half.isEmpty() ? value : value + " ± " + half;
    }
  }

  private FiguresTable(RunReport report) {
    this.report = report;
    this.arms = report.shownArms();
    this.reference = report.rootTeacher();
  }

  /** Returns the lines that at least one arm has a figure for. */
  public static List<Line> of(RunReport report) {
    FiguresTable table = new FiguresTable(report);
    table.qualities();
    table.further();
    table.sizes();
    return table.lines;
  }

  private void qualities() {
    if (report.measure() == Measure.PEARSON) {
      for (ScoreFigure f : ScoreFigure.ALL) {
        mean(f.name(), f.name(), true, f::of, f::text, f.scale(), f.places());
      }
    } else {
      ofClasses();
    }
  }

  private void ofClasses() {
    int places = report.run().seeds().size() > 1 ? 1 : 0;
    DoubleFunction<String> errors = x -> NumberFormats.fixed(x, places);
    String counted = Sentences.capital(report.data().part()) + " errors";
    mean(counted, counted, true, row -> count(row.errors()), errors, 1, 1);
    mean("Accuracy", "Accuracy", true, Row::accuracy, NumberFormats::percent, 100, 2);
    mean("NLL, nats", "NLL, nats", true, Row::nll, NumberFormats::nats, 1, 3);
    String ece = "Calibration error (ECE)";
    mean("ECE", ece, true, Row::ece, NumberFormats::percent, 100, 2);
    String teacher = reference.map(this::named).orElse("teacher");
    String agreement = "Agreement with " + teacher;
    mean("Agreement", agreement, false, Row::agreement, NumberFormats::percent, 100, 2);
    String arm = teacher.equals("teacher") ? "student" : "arm";
    String kl = "KL(" + teacher + " ‖ " + arm + "), nats";
    mean("KL(" + teacher + " ‖ arm)", kl, false, Row::klToTeacher, NumberFormats::nats, 1, 3);
  }

  /** Its role says enough where it is the only one of it. */
  private String named(Arm teacher) {
    boolean only = arms.stream().filter(a -> a.role().equals("teacher")).count() == 1;
    return only && teacher.role().equals("teacher") ? "teacher" : teacher.label();
  }

  private void further() {
    Set<String> names = new LinkedHashSet<>();
    report.rows().forEach(row -> names.addAll(row.more().keySet()));
    if (report.measure() == Measure.PEARSON) {
      ScoreFigure.ALL.forEach(f -> names.remove(f.key()));
    }
    names.remove(FROZEN);
    for (String name : names) {
      ToDoubleFunction<Row> figure = row -> row.more().getOrDefault(name, Double.NaN);
      mean(name, name, true, figure, NumberFormats::nats, 1, 3);
    }
  }

  private void sizes() {
    String things = Sentences.capital(report.data().things());
    median("Parameters", row -> count(row.parameters()), x -> NumberFormats.grouped((long) x));
    median(
        "…without embeddings",
        row ->
            count(
                row.embeddingParameters() < 0 ? -1 : row.parameters() - row.embeddingParameters()),
        x -> NumberFormats.grouped((long) x));
    median(
        "…that are trained",
        row -> row.parameters() - row.more().getOrDefault(FROZEN, Double.NaN),
        x -> NumberFormats.grouped((long) x));
    median("Weights", row -> count(row.bytes()), x -> NumberFormats.bytes((long) x));
    median("Multiply-adds", row -> count(row.multiplyAdds()), NumberFormats::scaled);
    median("Latency, batch 1", Row::latencyMs, NumberFormats::latency);
    median(things + "/s, one core", Row::throughputOneCore, NumberFormats::scaled);
    median(things + "/s, batch 64", Row::throughput, NumberFormats::scaled);
  }

  private void mean(
      String name,
      String title,
      boolean alsoReference,
      ToDoubleFunction<Row> figure,
      DoubleFunction<String> form,
      double scale,
      int places) {
    add(
        name,
        title,
        arm -> {
          double[] values = values(arm, figure);
          if (values.length == 0 || isReference(arm) && !alsoReference) {
            return Cell.MISSING;
          }
          MeanInterval m = MeanInterval.of(values);
          String half = NumberFormats.halfWidth(m.halfWidth() * scale, places);
          return new Cell(form.apply(m.mean()), m.hasInterval() ? half : "");
        });
  }

  /** Whether the others' agreement is with this arm. */
  private boolean isReference(Arm arm) {
    return arm.role().equals("teacher") && reference.isEmpty()
        || reference.filter(r -> r.id().equals(arm.id())).isPresent();
  }

  private void median(String name, ToDoubleFunction<Row> figure, DoubleFunction<String> form) {
    add(
        name,
        name,
        arm -> {
          double[] values = values(arm, figure);
          return values.length == 0 ? Cell.MISSING : new Cell(form.apply(median(values)), "");
        });
  }

  private void add(String name, String title, Function<Arm, Cell> cell) {
    List<Cell> cells = arms.stream().map(cell).toList();
    if (cells.stream().anyMatch(c -> !c.equals(Cell.MISSING))) {
      lines.add(new Line(name, title, cells));
    }
  }

  private double[] values(Arm arm, ToDoubleFunction<Row> figure) {
    return report.rowsOf(arm.id()).stream().mapToDouble(figure).filter(Double::isFinite).toArray();
  }

  /** A count as a figure, not measured where it is below zero. */
  private static double count(long n) {
    return n < 0 ? Double.NaN : n;
  }

  /** Returns the middle of some figures, at least one, or the mean of the two in the middle. */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }
}

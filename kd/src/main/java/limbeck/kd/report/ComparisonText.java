package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;

/** A comparison of runs as text, at most 100 columns wide but for commands. */
public final class ComparisonText {
  private final RunComparison comparison;
  private final TextPage page;

  private ComparisonText(RunComparison comparison, UnaryOperator<String> glyphs) {
    this.comparison = comparison;
    this.page = new TextPage(glyphs);
  }

  /** Returns the text, in Unicode. */
  public static String of(RunComparison comparison) {
    return new ComparisonText(comparison, PlainText::line).write();
  }

  /** Returns the text in ASCII, for terminals that are not UTF-8. */
  public static String ascii(RunComparison comparison) {
    return new ComparisonText(comparison, PlainText::ascii).write();
  }

  private String write() {
    DataSummary data = comparison.data();
    page.heading(NumberFormats.plural(comparison.runs().size(), "run") + " on " + data.name(), '=');
    for (RunComparison.Pairing pairing : comparison.pairings()) {
      String label = pairing.verdict().map(v -> v.label().label() + ": ").orElse("");
      page.paragraph(label + comparison.sentence(pairing));
      page.paragraph(seeds(pairing));
    }
    page.blank();
    page.table(networks());
    page.blank();
    page.paragraph(
        "Mean over seeds ± half the width of its 95\u202f% interval. Only paired differences say"
            + " whether one is better: both networks of a pair share seed and data order.");
    page.section("Runs");
    for (RunComparison.Entry run : comparison.runs()) {
      page.verbatim(run.name() + ": " + run.report().run().command());
    }
    return page.toString();
  }

  private String seeds(RunComparison.Pairing pairing) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < pairing.seeds().size(); i++) {
      String difference = comparison.format().signed(pairing.differences().get(i));
      differences.add("seed " + pairing.seeds().get(i) + ": " + difference);
    }
    if (!pairing.left().isEmpty()) {
      List<String> left = pairing.left().stream().map(String::valueOf).toList();
      differences.add("without a partner: " + String.join(", ", left));
    }
    return "  " + String.join("; ", differences);
  }

  private List<List<String>> networks() {
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("run", "arm", "seeds"));
    heads.addAll(
        scores()
            ? ScoreFigure.ALL.stream().map(ScoreFigure::name).toList()
            : List.of(comparison.format().noun(), "NLL", "ECE"));
    heads.add("parameters");
    lines.add(heads);
    for (RunComparison.Entry run : comparison.runs()) {
      for (Arm arm : run.report().allArms()) {
        lines.add(line(run, arm));
      }
    }
    return lines;
  }

  private boolean scores() {
    return comparison.format().measure() == Measure.PEARSON;
  }

  private List<String> line(RunComparison.Entry run, Arm arm) {
    List<Row> rows = run.report().rowsOf(arm.id());
    long parameters = rows.get(0).parameters();
    List<String> line = new ArrayList<>();
    line.add(run.name());
    line.add(arm.label() + (arm.id().equals(run.arm()) ? " *" : ""));
    line.add(Integer.toString(rows.size()));
    line.addAll(scores() ? ofScores(rows) : ofClasses(rows));
    line.add(parameters < 0 ? NumberFormats.MISSING : NumberFormats.grouped(parameters));
    return line;
  }

  private static List<String> ofScores(List<Row> rows) {
    return ScoreFigure.ALL.stream()
        .map(f -> mean(measured(rows, row -> f.scale() * f.of(row)), f.places()))
        .toList();
  }

  private static List<String> ofClasses(List<Row> rows) {
    double[] errors = measured(rows, row -> row.value(Measure.ERRORS));
    return List.of(
        mean(errors, errors.length > 1 ? 1 : 0),
        mean(measured(rows, Row::nll), 3),
        share(measured(rows, Row::ece)));
  }

  private static double[] measured(List<Row> rows, ToDoubleFunction<Row> figure) {
    return rows.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
  }

  private static String mean(double[] values, int places) {
    if (values.length == 0) {
      return NumberFormats.MISSING;
    }
    MeanInterval m = MeanInterval.of(values);
    return m.hasInterval()
        ? NumberFormats.plusMinus(m.mean(), m.halfWidth(), places)
        : NumberFormats.fixed(m.mean(), places);
  }

  private static String share(double[] values) {
    return values.length == 0
        ? NumberFormats.MISSING
        : NumberFormats.percent(MeanInterval.of(values).mean());
  }
}

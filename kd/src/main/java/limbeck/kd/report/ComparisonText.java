package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import limbeck.kd.metric.MeanInterval;

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

  private static String seeds(RunComparison.Pairing pairing) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < pairing.seeds().size(); i++) {
      String difference = NumberFormats.signed(pairing.differences().get(i), 0);
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
    String errors = comparison.data().part() + " errors";
    lines.add(List.of("run", "arm", "seeds", errors, "NLL", "ECE", "parameters"));
    for (RunComparison.Entry run : comparison.runs()) {
      for (Arm arm : run.report().allArms()) {
        lines.add(line(run, arm));
      }
    }
    return lines;
  }

  private static List<String> line(RunComparison.Entry run, Arm arm) {
    List<Row> rows = run.report().rowsOf(arm.id());
    double[] errors = rows.stream().mapToDouble(Row::errors).filter(e -> e >= 0).toArray();
    long parameters = rows.get(0).parameters();
    return List.of(
        run.name(),
        arm.label() + (arm.id().equals(run.arm()) ? " *" : ""),
        Integer.toString(rows.size()),
        mean(errors, errors.length > 1 ? 1 : 0),
        mean(rows.stream().mapToDouble(Row::nll).filter(Double::isFinite).toArray(), 3),
        share(rows.stream().mapToDouble(Row::ece).filter(Double::isFinite).toArray()),
        parameters < 0 ? NumberFormats.MISSING : NumberFormats.grouped(parameters));
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

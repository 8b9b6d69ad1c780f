package limbeck.kd.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import limbeck.engine.io.AtomicFile;
import limbeck.engine.io.Json;

/**
 * The report of a run as text: verdict, figures, networks, conventions, cost and how to reproduce
 * it, at most 100 columns wide but for commands, which stay in one piece.
 */
public final class TextReport {
  private static final int DIGEST = 12; // digits of a hash that tell networks apart at a glance

  private final RunReport report;
  private final VerdictSentences sentences;
  private final TextPage page;

  private TextReport(RunReport report, UnaryOperator<String> glyphs) {
    this.report = report;
    this.sentences = new VerdictSentences(report);
    this.page = new TextPage(glyphs);
  }

  /** Returns the text, in Unicode. */
  public static String of(RunReport report) {
    return new TextReport(report, PlainText::line).write();
  }

  /** Returns the text in ASCII, for terminals that are not UTF-8. */
  public static String ascii(RunReport report) {
    return new TextReport(report, PlainText::ascii).write();
  }

  /** Writes {@code report.txt} in UTF-8; a file that is there is replaced. */
  public static void write(RunReport report, Path file) throws IOException {
    AtomicFile.writeString(file, of(report));
  }

  private String write() {
    header();
    verdicts();
    result();
    valuesTried();
    networks();
    paths();
    differences();
    conventions();
    cost();
    environment();
    reproduce();
    return page.toString();
  }

  private void section(String title) {
    page.blank();
    page.heading(title, '-');
  }

  private void header() {
    Run run = report.run();
    if (report.sample()) {
      page.paragraph("SAMPLE DATA made up to show the layout");
      page.blank();
    }
    page.heading(run.recipe() + " on " + report.data().name(), '=');
    String day = run.started().substring(0, Math.min(10, run.started().length()));
    page.paragraph(
        String.format(
            Locale.ROOT,
            "Limbeck distillation report, %s, %s, %s",
            day,
            NumberFormats.plural(run.seeds().size(), "seed"),
            NumberFormats.duration(run.seconds())));
    page.blank();
    page.paragraph(run.summary() + " " + report.data().counts());
    page.blank();
  }

  private void verdicts() {
    List<VerdictRecord> shown = new ArrayList<>(List.of(report.verdict()));
    shown.addAll(report.shownComparisons());
    for (VerdictRecord c : shown) {
      String plan = sentences.plan(c);
      String sentence = c.label().label() + ": " + sentences.sentence(c);
      page.paragraph(plan.isEmpty() ? sentence : sentence + " " + plan);
    }
  }

  private void result() {
    section("Result");
    new Findings(report).all().forEach(page::paragraph);
    page.blank();
    page.table(figures());
    page.blank();
    boolean sized = report.rows().stream().anyMatch(row -> row.parameters() >= 0);
    page.paragraph(
        spread()
            + (sized
                ? "Size, latency and throughput are medians over seeds; arms of one network share"
                    + " one measurement of speed."
                : ""));
  }

  private List<List<String>> figures() {
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of(""));
    report.shownArms().forEach(arm -> heads.add(arm.label()));
    lines.add(heads);
    for (FiguresTable.Line line : FiguresTable.of(report)) {
      List<String> cells = new ArrayList<>(List.of(line.name()));
      line.cells().forEach(cell -> cells.add(cell.text()));
      lines.add(cells);
    }
    return lines;
  }

  private String spread() {
    int seeds = report.run().seeds().size();
    return seeds < 2
        ? "One seed: there is no interval over seeds. "
        : String.format(
            Locale.ROOT,
            "Mean over %s ± half the width of its 95\u202f%% interval (Student's t). The interval"
                + " covers initialisation and data order, not the choice of %s %s. ",
            NumberFormats.plural(seeds, "seed"),
            report.data().part(),
            report.data().things());
  }

  private void valuesTried() {
    for (ValuesTried values : ValuesTried.of(report)) {
      section("Values tried: " + values.label());
      page.paragraph(values.note());
      page.blank();
      page.table(values.errors());
      if (values.hasGains()) {
        page.blank();
        page.paragraph(values.gainNote());
        page.blank();
        page.table(values.gains());
      }
    }
  }

  private void networks() {
    section("Networks");
    Optional<Arm> reference = report.rootTeacher();
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "arm", "seed", "errors", "accuracy", "NLL", "ECE", "agreement", "weights, SHA-256"));
    for (Row row : report.rows()) {
      boolean itself = reference.filter(r -> r.id().equals(row.armId())).isPresent();
      lines.add(
          List.of(
              report.arm(row.armId()).label(),
              Long.toString(row.seed()),
              row.errors() < 0 ? NumberFormats.MISSING : NumberFormats.grouped(row.errors()),
              percent(row.accuracy()),
              Double.isFinite(row.nll()) ? NumberFormats.nats(row.nll()) : NumberFormats.MISSING,
              percent(row.ece()),
              percent(itself ? Double.NaN : row.agreement()),
              digest(row)));
    }
    page.table(lines);
  }

  private static String percent(double x) {
    return Double.isFinite(x) ? NumberFormats.percent(x) : NumberFormats.MISSING;
  }

  private static String digest(Row row) {
    String sha = row.weightsSha256();
    return sha == null ? NumberFormats.MISSING : sha.substring(0, Math.min(DIGEST, sha.length()));
  }

  private void paths() {
    List<Paths.Considered> considered = report.paths().considered();
    if (considered.isEmpty()) {
      return;
    }
    section("Paths considered");
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("path", "validation error", ""));
    for (Paths.Considered c : considered) {
      lines.add(
          List.of(
              String.join(" \u2192 ", c.path()),
              Double.isFinite(c.validationError())
                  ? NumberFormats.percentOf(c.validationError())
                  : NumberFormats.MISSING,
              c.choice(report.run().seeds().size())));
    }
    page.table(lines);
    page.paragraph("Chosen on validation data only.");
  }

  private void differences() {
    section("Paired differences");
    for (VerdictRecord c : report.allComparisons()) {
      MetricWords words = MetricWords.of(c.metric(), report.data().part());
      String arms = report.arm(c.arm()).label() + " \u2212 " + report.arm(c.baseline()).label();
      String claim = c.claim() == null ? "" : " (" + c.claim() + ")";
      page.paragraph(arms + ", " + words.noun() + claim + ": " + c.label().label());
      int counted = c.metric().equals("errors") ? 0 : words.decimals();
      List<String> each = c.differences().stream().map(d -> words.signed(d, counted)).toList();
      page.paragraph(
          String.format(
              Locale.ROOT,
              "%s; mean %s, sd %s, interval [%s, %s]",
              String.join(", ", each),
              words.signed(c.mean(), words.decimals()),
              words.number(c.sd(), words.decimals()),
              words.signed(c.low(), words.decimals()),
              words.signed(c.high(), words.decimals())));
    }
    page.paragraph("Each interval stands for itself; none is widened for the number of them.");
  }

  private void conventions() {
    section("Conventions");
    Map<String, Object> conventions = report.recipe().conventions();
    formula(conventions);
    Map<String, String> entries = new LinkedHashMap<>();
    conventions.forEach((name, value) -> entries.put(name, said(value)));
    entries.remove("objective"); // stands above
    entries.put("paper", report.recipe().paper());
    entries.put("split", report.data().split());
    page.definitions(entries);
  }

  /** The objective, or where a record has none, that of soft targets with the record's weights. */
  private void formula(Map<String, Object> conventions) {
    if (conventions.get("objective") instanceof String formula) {
      page.verbatim(formula);
      page.blank();
    } else if (conventions.get("hardWeight") instanceof Number hard
        && conventions.get("softWeight") instanceof Number soft) {
      String square = Boolean.TRUE.equals(conventions.get("temperatureSquared")) ? "T² · " : "";
      page.verbatim(
          String.format(
              Locale.ROOT,
              "L = %s · H(y, q) + %s · %sKL(p^T ‖ q^T)",
              Json.write(hard),
              Json.write(soft),
              square));
      page.blank();
    }
  }

  /** Numbers as JSON has them, which is the same text on every JVM. */
  private static String said(Object value) {
    return value instanceof String text ? text : Json.write(value);
  }

  private void cost() {
    if (report.cost().isEmpty()) {
      return;
    }
    section("Cost");
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of("per seed", "time", "CPU time", "written", "epochs", "teacher forwards", "paid"));
    for (Cost stage : report.shownCost()) {
      lines.add(
          List.of(
              stage.stage(),
              NumberFormats.duration(stage.seconds()),
              Double.isFinite(stage.cpuSeconds())
                  ? NumberFormats.duration(stage.cpuSeconds())
                  : NumberFormats.MISSING,
              stage.bytesWritten() < 0
                  ? NumberFormats.MISSING
                  : NumberFormats.bytes(stage.bytesWritten()),
              count(stage.epochs()),
              count(stage.teacherForwards()),
              stage.once() ? "once" : "each"));
    }
    page.table(lines);
  }

  private static String count(long n) {
    return n < 0 ? NumberFormats.MISSING : NumberFormats.grouped(n);
  }

  private void environment() {
    section("Environment");
    Environment e = report.environment();
    Map<String, String> entries = new LinkedHashMap<>();
    String commit = report.limbeck().commit();
    entries.put(
        "Limbeck", report.limbeck().version() + (commit == null ? "" : ", commit " + commit));
    entries.put("JVM", e.jvm());
    entries.put("machine", joined(e.os(), e.cpu(), workers(e.workers())));
    String width = e.width() < 0 ? null : e.width() + " bit";
    entries.put("kernels", joined(e.kernels(), width, e.reason()));
    entries.put("fingerprint", e.fingerprint());
    entries.put("self-check", e.ok() ? "passed" : "FAILED");
    page.definitions(entries);
  }

  private static String workers(int workers) {
    return workers < 0 ? null : workers + (workers == 1 ? " worker" : " workers");
  }

  private static String joined(String... parts) {
    List<String> said = new ArrayList<>();
    for (String part : parts) {
      if (part != null) {
        said.add(part);
      }
    }
    return String.join("; ", said);
  }

  private void reproduce() {
    section("Reproduce");
    page.verbatim(report.run().command());
    page.blank();
    Map<String, String> entries = new LinkedHashMap<>();
    Row first = report.rowsOf(report.verdict().arm()).get(0);
    entries.put("data", report.data().name());
    entries.put("data, SHA-256", report.data().digest());
    if (first.weightsSha256() != null) {
      entries.put("weights, seed " + first.seed(), first.weightsSha256());
    }
    entries.put("started", report.run().started());
    int resumed = report.run().interrupted();
    entries.put("resumed", resumed == 0 ? "never" : NumberFormats.plural(resumed, "time"));
    page.definitions(entries);
    page.blank();
    page.paragraph(
        "The same command gives the same bits on any JVM from 17 on, at any vector width and with"
            + " any number of workers. report.json has every number.");
  }
}

package limbeck.kd.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import limbeck.engine.io.AtomicFile;
import limbeck.kd.metric.Measure;

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
    study();
    networks();
    paths();
    differences();
    new TextProvenance(report, page).write();
    return page.toString();
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
    page.section("Result");
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
      page.section("Values tried: " + values.label());
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

  private void study() {
    if (report.study().isStudy()) {
      StudyTables study = new StudyTables(report);
      page.section("Which student, which knowledge, which balance");
      for (StudyTables.Part part : study.parts()) {
        page.paragraph(part.question() + " " + part.finding());
        page.blank();
        page.table(part.table());
        page.blank();
      }
      page.paragraph(study.note());
    }
  }

  private void networks() {
    page.section("Networks");
    Optional<Arm> reference = report.rootTeacher();
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        line(
            "arm",
            "seed",
            scores()
                ? ScoreFigure.ALL.stream().map(ScoreFigure::name).toList()
                : List.of("errors", "accuracy", "NLL", "ECE", "agreement"),
            "weights, SHA-256"));
    for (Row row : report.rows()) {
      boolean itself = reference.filter(r -> r.id().equals(row.armId())).isPresent();
      String arm = report.arm(row.armId()).label();
      List<String> figures =
          scores()
              ? ScoreFigure.ALL.stream().map(f -> f.text(f.of(row))).toList()
              : ofClasses(row, itself);
      lines.add(line(arm, Long.toString(row.seed()), figures, digest(row)));
    }
    page.table(lines);
  }

  private boolean scores() {
    return report.measure() == Measure.PEARSON;
  }

  private static List<String> line(String arm, String seed, List<String> figures, String weights) {
    List<String> line = new ArrayList<>(List.of(arm, seed));
    line.addAll(figures);
    line.add(weights);
    return line;
  }

  private static List<String> ofClasses(Row row, boolean reference) {
    return List.of(
        row.errors() < 0 ? NumberFormats.MISSING : NumberFormats.grouped(row.errors()),
        percent(row.accuracy()),
        Double.isFinite(row.nll()) ? NumberFormats.nats(row.nll()) : NumberFormats.MISSING,
        percent(row.ece()),
        percent(reference ? Double.NaN : row.agreement()));
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
    page.section("Paths considered");
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("path", considered.get(0).name(), ""));
    for (Paths.Considered c : considered) {
      lines.add(
          List.of(
              String.join(" \u2192 ", c.path()),
              Double.isFinite(c.validation()) ? c.said() : NumberFormats.MISSING,
              c.choice(report.run().seeds().size())));
    }
    page.table(lines);
    page.paragraph("Chosen on validation data only.");
  }

  private void differences() {
    page.section("Paired differences");
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
}

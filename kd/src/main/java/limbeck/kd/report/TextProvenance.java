package limbeck.kd.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.Json;

/**
 * Where the figures of a run come from, as text: conventions, cost, environment, and how to have
 * the same bits again.
 */
final class TextProvenance {
  private final RunReport report;
  private final TextPage page;

  TextProvenance(RunReport report, TextPage page) {
    this.report = report;
    this.page = page;
  }

  void write() {
    conventions();
    cost();
    environment();
    reproduce();
  }

  private void conventions() {
    page.section("Conventions");
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
    page.section("Cost");
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
    page.section("Environment");
    Environment e = report.environment();
    Map<String, String> entries = new LinkedHashMap<>();
    String commit = report.limbeck().commit();
    entries.put(
        "Limbeck", report.limbeck().version() + (commit == null ? "" : ", commit " + commit));
    entries.put("JVM", e.jvm());
    entries.put("machine", e.machine());
    entries.put("kernels", e.kernelsAndWidth() + (e.reason() == null ? "" : "; " + e.reason()));
    entries.put("fingerprint", e.fingerprint());
    entries.put("self-check", e.ok() ? "passed" : "FAILED");
    page.definitions(entries);
  }

  private void reproduce() {
    page.section("Reproduce");
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

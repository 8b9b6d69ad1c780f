package limbeck.kd.report.html;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.kd.report.Environment;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Row;
import limbeck.kd.report.Run;
import limbeck.kd.report.RunReport;

/** Reproduce: command, data digest, machine, and the hashes that tell whether it was the same. */
final class ReproduceSection {
  private static final int START = 16; // digits of a hash in a sentence

  private final RunView run;
  private final RunReport report;

  private ReproduceSection(RunView run) {
    this.run = run;
    this.report = run.report();
  }

  static String of(RunView run) {
    return Html.section("reproduce", "Reproduce", "", new ReproduceSection(run).body());
  }

  private String body() {
    String definitions =
        entries().entrySet().stream()
            .map(e -> Html.definition(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    String command = Markup.tag("pre", Markup.escape(report.run().command()), "data-copy", true);
    return Markup.tag("p", promise())
        + "\n"
        + command
        + "\n"
        + Html.definitions("defs", definitions)
        + "\n"
        + hashes();
  }

  private String promise() {
    String same =
        "The same command gives the same bits on any JVM from 17 on, at any vector width and with"
            + " any number of workers.";
    Row first = run.rows(run.main()).get(0);
    if (first.weightsSha256() == null) {
      return same;
    }
    String start = Markup.escape(Labels.start(first.weightsSha256(), START)) + "…";
    String hash = Markup.tag("code", start, "class", "mono");
    return same + " Compare the weights of seed " + first.seed() + ": " + hash;
  }

  private Map<String, String> entries() {
    Environment e = report.environment();
    Run r = report.run();
    Map<String, String> entries = new LinkedHashMap<>();
    String commit = report.limbeck().commit();
    entries.put(
        "Limbeck",
        Markup.escape(report.limbeck().version())
            + (commit == null ? "" : ", commit " + mono(commit)));
    entries.put(
        "data", Markup.escape(report.data().name()) + ", SHA-256 " + mono(report.data().digest()));
    entries.put("JVM", Markup.escape(e.jvm()));
    entries.put("machine", Markup.escape(e.machine()));
    String reason = e.reason() == null ? "" : " (" + e.reason() + ")";
    entries.put("kernels", Markup.escape(e.kernelsAndWidth() + reason));
    entries.put(
        "fingerprint", mono(e.fingerprint()) + ", self-check " + (e.ok() ? "passed" : "FAILED"));
    String resumed =
        r.interrupted() == 0
            ? "not interrupted"
            : "interrupted and resumed " + NumberFormats.plural(r.interrupted(), "time");
    entries.put("started", Markup.escape(r.started()) + ", " + resumed);
    entries.values().removeIf(String::isEmpty);
    return entries;
  }

  private static String mono(String text) {
    return Markup.tag("span", Markup.escape(text), "class", "mono");
  }

  private String hashes() {
    List<List<String>> rows =
        report.allArms().stream()
            .flatMap(arm -> run.rows(arm).stream())
            .filter(row -> row.weightsSha256() != null)
            .map(
                row ->
                    List.of(
                        Markup.escape(run.label(row.armId())),
                        Long.toString(row.seed()),
                        mono(row.weightsSha256())))
            .toList();
    return rows.isEmpty()
        ? ""
        : Html.numbers(
            "Weights of all networks, SHA-256",
            Html.table(List.of("role", "seed", "SHA-256"), rows));
  }
}

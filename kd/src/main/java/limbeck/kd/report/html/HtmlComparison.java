package limbeck.kd.report.html;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import limbeck.engine.io.AtomicFile;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Arm;
import limbeck.kd.report.DataSummary;
import limbeck.kd.report.LimbeckVersion;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunComparison;
import limbeck.kd.report.Sentences;
import limbeck.kd.report.VerdictRecord;

/**
 * Several runs on the same data as one HTML page: every network, and the paired differences of each
 * run to the first.
 */
public final class HtmlComparison {
  private final RunComparison comparison;
  private final MeasureFormat format;

  private HtmlComparison(RunComparison comparison) {
    this.comparison = comparison;
    this.format = comparison.format();
  }

  /** Returns the page. */
  public static String of(RunComparison comparison) {
    HtmlComparison page = new HtmlComparison(comparison);
    String title = page.title();
    boolean sample = comparison.runs().stream().anyMatch(run -> run.report().sample());
    String source = "the runs’ files " + Markup.tag("code", "report.json");
    return new Page(title, LimbeckVersion.current().version(), sample, source)
        .of(page.header(), List.of(page.result(), page.runs()));
  }

  /** Writes the page in UTF-8; a file that is there is replaced. */
  public static void write(RunComparison comparison, Path file) throws IOException {
    AtomicFile.writeString(file, of(comparison));
  }

  private String title() {
    return Sentences.capital(NumberFormats.plural(comparison.runs().size(), "run"))
        + " on "
        + comparison.data().name();
  }

  private String header() {
    DataSummary data = comparison.data();
    String items =
        comparison.pairings().stream()
            .map(
                p -> {
                  String badge = p.verdict().map(v -> Badge.of(v.label())).orElse("<span></span>");
                  String said = Markup.escape(comparison.sentence(p));
                  return Markup.tag("li", badge + Markup.tag("p", said));
                })
            .collect(Collectors.joining());
    String lede =
        "Each run is compared with "
            + comparison.runs().get(0).name()
            + ", seed by seed. "
            + data.counts();
    return Markup.tag(
        "header",
        String.join(
            "\n",
            "",
            Markup.tag("p", Markup.tag("b", "Limbeck comparison of runs"), "class", "brand"),
            Markup.tag("h1", Markup.escape(title())),
            Markup.tag("p", Markup.escape(lede), "class", "lede"),
            Markup.tag("div", Markup.tag("ul", items), "class", "verdict"),
            ""));
  }

  private String result() {
    String body =
        Html.grid("grid three", everyNetwork() + differences())
            + "\n"
            + Markup.tag("p", note(), "class", "note", "style", "margin-top:10px")
            + Html.numbers("Differences by seed", differenceTable())
            + Html.numbers("All networks", networkTable());
    return Html.section("result", "Result", "", body);
  }

  private String note() {
    DataSummary data = comparison.data();
    return Markup.escape(
        "The differences are of "
            + compared()
            + ". Seeds that both runs have are paired, others are not compared. An interval covers"
            + " initialisation and data order, not the choice of "
            + data.part()
            + " "
            + data.things()
            + ".");
  }

  private String compared() {
    return Sentences.list(
        comparison.runs().stream()
            .map(run -> run.compared().label() + " in " + run.name())
            .toList());
  }

  private String everyNetwork() {
    List<StripPlot.Strip> strips = new ArrayList<>();
    for (RunComparison.Entry run : comparison.runs()) {
      for (Arm arm : run.report().allArms()) {
        List<Row> rows =
            run.report().rowsOf(arm.id()).stream()
                .filter(row -> Double.isFinite(value(row)))
                .toList();
        boolean shown = run.report().isShown(arm.id()) || arm.id().equals(run.arm());
        if (shown && !rows.isEmpty()) {
          strips.add(
              new StripPlot.Strip(
                  arm.label() + ", " + run.name(),
                  Look.of(arm, run.arm()),
                  rows.stream().map(Row::seed).toList(),
                  rows.stream().mapToDouble(this::value).toArray()));
        }
      }
    }
    DataSummary data = comparison.data();
    String of = NumberFormats.grouped(data.measured());
    String counted = format.measure() == Measure.ERRORS ? " of " + of : "";
    String unit = format.noun() + counted + "  (" + format.better() + ")";
    String marks = "one mark per seed; line: mean; band: 95 % interval";
    return Html.figure(
        Html.caption("Every network", marks, true), StripPlot.of(strips, format, 1, unit));
  }

  private String differences() {
    List<DifferencePlot.Line> lines = new ArrayList<>();
    for (RunComparison.Pairing p : comparison.pairings()) {
      p.verdict().ifPresent(verdict -> lines.add(line(p, verdict)));
    }
    String marks = "one dot per seed; line: mean; band: 95 % interval";
    return lines.isEmpty()
        ? ""
        : Html.figure(
            Html.caption("Paired differences", marks, true), DifferencePlot.of(lines, format));
  }

  private DifferencePlot.Line line(RunComparison.Pairing p, VerdictRecord verdict) {
    String runs = p.run().name() + " \u2212 " + comparison.runs().get(0).name();
    String name = DifferencePlot.fits(runs, verdict) ? runs : armsOf(p).orElse(runs);
    Look look = Look.of(p.run().compared(), p.run().arm());
    return new DifferencePlot.Line(name, look, verdict, p.seeds());
  }

  /** The arms of a pairing by their labels; empty if these do not tell the runs apart. */
  private Optional<String> armsOf(RunComparison.Pairing p) {
    List<String> labels = comparison.runs().stream().map(r -> r.compared().label()).toList();
    return new HashSet<>(labels).size() == labels.size()
        ? Optional.of(p.run().compared().label() + " \u2212 " + labels.get(0))
        : Optional.empty();
  }

  private String differenceTable() {
    TreeSet<Long> seeds = new TreeSet<>();
    comparison.pairings().forEach(p -> seeds.addAll(p.seeds()));
    List<String> heads = new ArrayList<>(List.of("run"));
    seeds.forEach(seed -> heads.add("seed " + seed));
    heads.addAll(List.of("mean", "95 % interval"));
    List<List<String>> rows = new ArrayList<>();
    for (RunComparison.Pairing p : comparison.pairings()) {
      Map<Long, String> bySeed = new LinkedHashMap<>();
      for (int i = 0; i < p.seeds().size(); i++) {
        bySeed.put(p.seeds().get(i), format.signed(p.differences().get(i)));
      }
      List<String> row = new ArrayList<>(List.of(Markup.escape(p.run().name())));
      seeds.forEach(seed -> row.add(bySeed.getOrDefault(seed, NumberFormats.MISSING)));
      row.add(p.verdict().map(v -> format.signedMean(v.mean())).orElse(NumberFormats.MISSING));
      row.add(
          p.verdict().map(v -> format.interval(v.low(), v.high())).orElse(NumberFormats.MISSING));
      rows.add(row);
    }
    return Html.table(heads, rows);
  }

  private String networkTable() {
    StringBuilder rows = new StringBuilder();
    for (RunComparison.Entry run : comparison.runs()) {
      for (Arm arm : run.report().allArms()) {
        run.report().rowsOf(arm.id()).forEach(row -> rows.append(network(run, arm, row)));
      }
    }
    List<String> heads = List.of("run", "arm", "seed", format.word(), "weights, SHA-256");
    return Html.table("sortable", Markup.tag("tr", Html.heads(heads)), rows.toString());
  }

  private String network(RunComparison.Entry run, Arm arm, Row row) {
    String sha = row.weightsSha256() == null ? NumberFormats.MISSING : row.weightsSha256();
    return Markup.tag(
        "tr",
        Html.rowHead(Markup.escape(run.name()))
            + Markup.tag("td", Markup.escape(arm.label()))
            + Markup.tag("td", Long.toString(row.seed()))
            + Markup.tag("td", figure(value(row)))
            + Markup.tag("td", Markup.escape(Labels.start(sha, 12)), "class", "mono"));
  }

  private double value(Row row) {
    return row.value(format.measure());
  }

  private String figure(double value) {
    if (!Double.isFinite(value)) {
      return NumberFormats.MISSING;
    }
    return format.measure() == Measure.ERRORS ? Long.toString((long) value) : format.one(value);
  }

  private String runs() {
    String body =
        comparison.runs().stream()
            .map(
                run -> {
                  String name = Markup.escape(run.name() + ": " + run.report().run().summary());
                  String command = Markup.escape(run.report().run().command());
                  return Markup.tag("h3", name) + Markup.tag("pre", command);
                })
            .collect(Collectors.joining("\n"));
    return Html.section("runs", "Runs", "", body);
  }
}

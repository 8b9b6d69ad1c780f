package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Verdict;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.ScoreFigure;
import limbeck.kd.report.VerdictRecord;

/** Result: every network, the paired differences, all figures, and how the verdict is reached. */
final class ResultSection {
  private static final int DIGEST = 12; // digits of a hash that tell networks apart at a glance

  private final RunView run;
  private final RunReport report;

  private ResultSection(RunView run) {
    this.run = run;
    this.report = run.report();
  }

  static String of(RunView run) {
    ResultSection section = new ResultSection(run);
    String finding = Markup.escape(new Findings(run.report()).result());
    return Html.section("result", "Result", finding, section.body());
  }

  private String body() {
    return Html.grid("grid three", everyNetwork() + seedBySeed() + differences())
        + "\n"
        + Markup.tag("h3", "All figures")
        + Html.region("All figures", AllFigures.of(run))
        + "\n"
        + Markup.tag("p", spread(), "class", "note", "style", "margin-top:10px")
        + "\n"
        + Html.more("How the verdict is reached", explanation())
        + "\n"
        + Html.numbers("Differences by seed", differenceTable())
        + Html.numbers("All " + report.rows().size() + " trained networks", networks());
  }

  private String everyNetwork() {
    List<StripPlot.Strip> strips =
        run.arms().stream()
            .filter(arm -> run.figures(arm).length > 0)
            .map(
                arm ->
                    new StripPlot.Strip(
                        arm.label(),
                        run.look(arm),
                        run.rows(arm).stream()
                            .filter(r -> Double.isFinite(r.value(report.measure())))
                            .map(Row::seed)
                            .toList(),
                        run.figures(arm)))
            .toList();
    if (strips.isEmpty()) {
      return "";
    }
    String of = NumberFormats.grouped(report.data().measured());
    String counted = report.measure() == Measure.ERRORS ? " of " + of : "";
    String unit = run.figureName() + counted + "  (" + run.format().better() + ")";
    String marks = "one mark per seed; line: mean; band: 95 % interval";
    String plot = StripPlot.of(strips, run.format(), run.places(), unit);
    return Html.figure(Html.caption("Every network", marks, true), plot);
  }

  private String seedBySeed() {
    String marks =
        "one line per seed, from " + run.baseline().label() + " to " + run.main().label();
    String plot = SeedBySeed.of(run);
    return plot.isEmpty() ? "" : Html.figure(Html.caption("Seed by seed", marks, true), plot);
  }

  private String differences() {
    List<DifferencePlot.Line> lines =
        Stream.concat(Stream.of(report.verdict()), report.shownComparisons().stream())
            .filter(c -> c.metric().equals(report.measure().word()))
            .map(
                c ->
                    new DifferencePlot.Line(
                        run.pair(c), run.look(c.arm()), c, report.run().seeds()))
            .toList();
    if (lines.isEmpty()) {
      return "";
    }
    String marks = "one dot per seed; line: mean; band: 95 % interval";
    return Html.figure(
        Html.caption("Paired differences", marks, true), DifferencePlot.of(lines, run.format()));
  }

  private String spread() {
    String sizes =
        "Size, latency and throughput are medians; latency is on one core, throughput on all"
            + " workers.";
    if (report.run().seeds().size() < 2) {
      return "One seed: there is no interval over seeds. " + sizes;
    }
    return "Mean over "
        + run.seeds()
        + " ± half the width of its 95\u202f% interval (Student’s t). The interval covers"
        + " initialisation and data order, not the choice of "
        + report.data().part()
        + " "
        + report.data().things()
        + ". "
        + sizes;
  }

  private String explanation() {
    String pairs =
        "Both students of a pair start from the same weights and see the same batches, so their"
            + " difference is free of most of the noise that each of them has. The verdict looks"
            + " only at the 95\u202f% interval of the mean difference:";
    return Markup.tag("p", pairs)
        + "\n"
        + Html.definitions(
            "defs badges",
            Html.definition(
                    Badge.of(Verdict.BEATS),
                    "the whole interval is on the side of " + run.format().betterSide())
                + Html.definition(Badge.of(Verdict.INCONCLUSIVE), "the interval contains zero")
                + Html.definition(
                    Badge.of(Verdict.NO_BEATS),
                    "no part of the interval is on the side of " + run.format().betterSide()));
  }

  private String differenceTable() {
    List<String> heads = new ArrayList<>(List.of("comparison"));
    report.run().seeds().forEach(seed -> heads.add("seed " + seed));
    heads.addAll(List.of("mean", "sd", "95 % interval", "verdict"));
    List<List<String>> lines = report.allComparisons().stream().map(this::differenceLine).toList();
    return Html.table(heads, lines);
  }

  private List<String> differenceLine(VerdictRecord c) {
    List<String> line = new ArrayList<>(List.of(Markup.escape(run.pair(c))));
    c.differences().forEach(d -> line.add(run.format().signed(d)));
    for (int i = c.differences().size(); i < report.run().seeds().size(); i++) {
      line.add(NumberFormats.MISSING);
    }
    line.add(run.format().signedMean(c.mean()));
    line.add(run.format().deviation(c.sd()));
    line.add(run.format().interval(c.low(), c.high()));
    line.add(c.label().label());
    return line;
  }

  private String networks() {
    List<String> heads = new ArrayList<>(List.of("role", "seed"));
    heads.addAll(
        scores()
            ? ScoreFigure.ALL.stream().map(ScoreFigure::name).toList()
            : List.of("errors", "accuracy", "NLL", "ECE", "agreement"));
    heads.add("weights, SHA-256");
    String rows =
        report.allArms().stream()
            .flatMap(arm -> run.rows(arm).stream())
            .map(this::network)
            .collect(Collectors.joining());
    return Html.table("sortable", Markup.tag("tr", Html.heads(heads)), rows);
  }

  private String network(Row row) {
    String sha = row.weightsSha256() == null ? NumberFormats.MISSING : row.weightsSha256();
    return Markup.tag(
        "tr",
        Html.rowHead(Markup.escape(run.label(row.armId())))
            + Markup.tag("td", Long.toString(row.seed()))
            + (scores() ? ofScores(row) : ofClasses(row))
            + Markup.tag("td", Markup.escape(Labels.start(sha, DIGEST)), "class", "mono"));
  }

  private boolean scores() {
    return report.measure() == Measure.PEARSON;
  }

  private static String ofScores(Row row) {
    return ScoreFigure.ALL.stream()
        .map(f -> Markup.tag("td", f.text(f.of(row))))
        .collect(Collectors.joining());
  }

  private static String ofClasses(Row row) {
    double agreement = row.role().equals("teacher") ? Double.NaN : row.agreement();
    return Markup.tag("td", row.errors() < 0 ? NumberFormats.MISSING : Long.toString(row.errors()))
        + percent(row.accuracy())
        + Markup.tag(
            "td",
            Double.isFinite(row.nll()) ? NumberFormats.fixed(row.nll(), 4) : NumberFormats.MISSING)
        + percent(row.ece())
        + percent(agreement);
  }

  /** A cell that sorts by the fraction itself. */
  private static String percent(double fraction) {
    return Double.isFinite(fraction)
        ? Markup.tag("td", NumberFormats.percent(fraction), "data-s", Ticks.plain(fraction))
        : Markup.tag("td", NumberFormats.MISSING);
  }
}

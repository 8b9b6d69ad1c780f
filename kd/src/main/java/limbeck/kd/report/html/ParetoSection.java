package limbeck.kd.report.html;

import java.util.Comparator;
import java.util.List;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.ParetoPoint;
import limbeck.kd.report.Sweep;

/** Size, latency and errors. */
final class ParetoSection {
  private static final int FEWEST = 3;
  private static final CostAxis SIZE =
      new CostAxis(
          "By size",
          "bytes of weights",
          ParetoPoint::bytes,
          x -> NumberFormats.bytes(Math.round(x)));
  private static final CostAxis LATENCY =
      new CostAxis(
          "By latency",
          "latency at batch 1 on one core",
          ParetoPoint::latencyMs,
          NumberFormats::latency);

  private static final double MILLIS = 1e3;
  private static final CostAxis ONE_CORE =
      new CostAxis(
          "By throughput on one core",
          "time of an example in batches of 64, on one core",
          p -> MILLIS / p.throughputOneCore(),
          NumberFormats::latency);
  private static final CostAxis ALL_CORES =
      new CostAxis(
          "By throughput on all cores",
          "time of an example in batches of 64, on all cores",
          p -> MILLIS / p.throughput(),
          NumberFormats::latency);

  private ParetoSection() {}

  /** The section; empty with fewer than three points, or where all networks have one size. */
  static String of(RunView run) {
    List<ParetoPoint> points = run.report().pareto();
    if (points.size() < FEWEST
        || points.stream().mapToLong(ParetoPoint::bytes).distinct().count() < 2) {
      return "";
    }
    String plots = ParetoPlot.of(run, SIZE) + ParetoPlot.of(run, LATENCY) + further(run);
    boolean widths = points.stream().anyMatch(p -> PointNames.isWidth(p.label()));
    boolean whiskers = points.stream().anyMatch(p -> Double.isFinite(p.low()));
    String note =
        (widths ? "Numbers are " + Markup.escape(numbers(run)) + ". " : "")
            + (points.stream().mapToLong(ParetoPoint::bytes).distinct().count() < points.size()
                ? "Networks of equal cost stand side by side. "
                : "")
            + (whiskers ? "Whiskers are 95\u202f% intervals over seeds. " : "")
            + (counts(run) ? "Down" : "Up")
            + " and to the left is better; the dashed steps join the networks that no other"
            + " one beats in both.";
    String body =
        Html.grid("grid two", plots)
            + "\n"
            + Markup.tag("p", note, "class", "note", "style", "margin-top:12px")
            + Html.numbers("Every point", table(run, points));
    String finding = Markup.escape(new Findings(run.report()).pareto());
    return Html.section("pareto", "Size, latency and " + run.format().gap(), finding, body);
  }

  private static boolean counts(RunView run) {
    return run.report().measure() == Measure.ERRORS;
  }

  /** Of a study, throughput as well: the time that an example takes among many. */
  private static String further(RunView run) {
    return run.report().study().isStudy()
        ? ParetoPlot.of(run, ONE_CORE) + ParetoPlot.of(run, ALL_CORES)
        : "";
  }

  /** What points are labelled by: the values of a sweep, or widths. */
  private static String numbers(RunView run) {
    return run.report().sweeps().stream()
        .filter(s -> Double.isFinite(s.main()))
        .map(Sweep::label)
        .findFirst()
        .orElse("layer widths");
  }

  private static String table(RunView run, List<ParetoPoint> points) {
    List<String> heads =
        List.of(
            "network",
            "parameters",
            "weights",
            "multiply-adds",
            "latency",
            run.format().word() + " [95 % interval]");
    List<List<String>> rows =
        points.stream()
            .sorted(Comparator.comparingLong(ParetoPoint::bytes))
            .map(p -> row(run, p))
            .toList();
    return Html.table(heads, rows);
  }

  private static List<String> row(RunView run, ParetoPoint p) {
    String interval =
        Double.isFinite(p.low())
            ? " [" + run.format().mean(p.low(), 0) + ", " + run.format().mean(p.high(), 0) + "]"
            : "";
    return List.of(
        Markup.escape(new PointNames(run).of(p)),
        p.parameters() < 0 ? NumberFormats.MISSING : NumberFormats.grouped(p.parameters()),
        p.bytes() < 0 ? NumberFormats.MISSING : NumberFormats.bytes(p.bytes()),
        p.multiplyAdds() < 0 ? NumberFormats.MISSING : NumberFormats.scaled(p.multiplyAdds()),
        Double.isFinite(p.latencyMs())
            ? NumberFormats.latency(p.latencyMs())
            : NumberFormats.MISSING,
        run.format().mean(p.value(), 1) + interval);
  }
}

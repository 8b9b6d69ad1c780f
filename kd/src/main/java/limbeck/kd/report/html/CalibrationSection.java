package limbeck.kd.report.html;

import java.util.List;
import limbeck.kd.metric.Reliability;
import limbeck.kd.metric.WilsonInterval;
import limbeck.kd.report.CalibrationEntry;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;

/** Calibration: one reliability diagram per arm. */
final class CalibrationSection {
  private CalibrationSection() {}

  /** The section; empty without calibration. */
  static String of(RunView run) {
    List<CalibrationEntry> entries =
        run.report().calibration().stream()
            .filter(e -> !e.bins().isEmpty() && run.report().isShown(e.arm()))
            .toList();
    if (entries.isEmpty()) {
      return "";
    }
    StringBuilder plots = new StringBuilder();
    for (CalibrationEntry entry : entries) {
      plots.append(
          ReliabilityPlot.of(
              entry, run.label(entry.arm()), run.look(entry.arm()), plots.length() == 0));
    }
    String body =
        Html.note(note())
            + Html.grid("grid small", plots.toString())
            + Html.numbers("All bins", table(run, entries));
    String finding = Markup.escape(new Findings(run.report()).calibration());
    return Html.section("calibration", "Calibration", finding, body);
  }

  private static String note() {
    return "The number is the expected calibration error (ECE). Predictions in "
        + Reliability.BINS
        + " bins of equal width. Dot: share that is right at the bin’s mean"
        + " confidence, with its 95\u202f% interval (Wilson); hollow under 20 predictions; empty"
        + " bins are not drawn. Bars: how many predictions a bin holds. On the dashed line"
        + " confidence is honest.";
  }

  private static String table(RunView run, List<CalibrationEntry> entries) {
    List<String> heads =
        List.of(
            "arm", "confidence bin", "predictions", "mean confidence", "accuracy", "95 % interval");
    List<List<String>> rows =
        entries.stream()
            .flatMap(e -> e.bins().stream().map(bin -> row(run.label(e.arm()), bin)))
            .toList();
    return Html.table(heads, rows);
  }

  private static List<String> row(String label, Reliability.Bin bin) {
    WilsonInterval w = ReliabilityPlot.interval(bin);
    return List.of(
        Markup.escape(label),
        NumberFormats.fixed(bin.low(), 2) + "–" + NumberFormats.fixed(bin.high(), 2),
        NumberFormats.grouped(bin.count()),
        NumberFormats.fixed(bin.confidence(), 3),
        NumberFormats.fixed(bin.accuracy(), 3),
        "[" + NumberFormats.fixed(w.low(), 3) + ", " + NumberFormats.fixed(w.high(), 3) + "]");
  }
}

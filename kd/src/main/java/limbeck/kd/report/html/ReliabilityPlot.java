package limbeck.kd.report.html;

import java.util.List;
import limbeck.kd.metric.Reliability;
import limbeck.kd.metric.WilsonInterval;
import limbeck.kd.report.CalibrationEntry;
import limbeck.kd.report.NumberFormats;

/**
 * Confidence against accuracy: a dot at the mean confidence of each bin with Wilson's interval,
 * hollow where it stands for few predictions, and a strip of how many there are, with the share of
 * the last bin above it.
 */
final class ReliabilityPlot {
  private static final int HEIGHT = 196;
  private static final int LEFT = 27;
  private static final int RIGHT = Plot.SMALL - 6;
  private static final int FEW = 20; // predictions
  private static final double STRIP = 13; // height of the strip of counts
  private static final Scale X = Scale.linear(0, 1, LEFT, RIGHT);
  private static final Scale Y = Scale.linear(0, 1, 153, 20);

  private final CalibrationEntry entry;
  private final String label;
  private final Look look;
  private final long most;
  private final long total;

  private ReliabilityPlot(CalibrationEntry entry, String label, Look look) {
    this.entry = entry;
    this.label = label;
    this.look = look;
    this.most = entry.bins().stream().mapToLong(Reliability.Bin::count).max().orElse(1);
    this.total = entry.bins().stream().mapToLong(Reliability.Bin::count).sum();
  }

  /** The figure; the first of several says which side is overconfident. */
  static String of(CalibrationEntry entry, String label, Look look, boolean first) {
    return Html.figure("", new ReliabilityPlot(entry, label, look).draw(first));
  }

  private String draw(boolean first) {
    String error = NumberFormats.percent(entry.ece());
    StringBuilder out = new StringBuilder(PanelHead.of(label, look, error, RIGHT));
    out.append(axes());
    out.append(Svg.line(X.at(0), Y.at(0), X.at(1), Y.at(1), "dash"));
    if (first) {
      out.append(Svg.text(X.at(0.98), Y.at(0.05), "overconfident", "text-anchor", "end"));
      out.append(Svg.text(X.at(0.03), Y.at(0.93), "underconfident"));
    }
    entry.bins().forEach(bin -> out.append(dot(bin)).append(bar(bin)));
    out.append(share());
    out.append(Svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 3, "confidence", "text-anchor", "middle"));
    String name = "Reliability of " + label + ": expected calibration error " + error + ".";
    return Svg.plot(Plot.SMALL, HEIGHT, name, out.toString());
  }

  private static String axes() {
    StringBuilder out = new StringBuilder();
    for (double tick : List.of(0.0, 0.5, 1.0)) {
      String text = Ticks.plain(tick);
      out.append(Svg.line(LEFT, Y.at(tick), RIGHT, Y.at(tick), "grid-line"));
      out.append(Svg.text(LEFT - 4, Y.at(tick) + 3.5, text, "text-anchor", "end"));
      if (tick != 0.5) {
        String anchor = tick == 0 ? "start" : "end";
        out.append(Svg.text(X.at(tick), HEIGHT - 3, text, "text-anchor", anchor));
      }
    }
    return out.toString();
  }

  private String dot(Reliability.Bin bin) {
    boolean few = bin.count() < FEW;
    WilsonInterval w = interval(bin);
    double x = X.at(bin.confidence());
    String tip =
        "confidence "
            + NumberFormats.fixed(bin.confidence(), 2)
            + ": "
            + NumberFormats.percent(bin.accuracy(), 1)
            + " right of "
            + NumberFormats.grouped(bin.count());
    return Svg.line(x, Y.at(w.low()), x, Y.at(w.high()), "whisker " + look.css())
        + Svg.circle(
            x,
            Y.at(bin.accuracy()),
            2.6,
            tip,
            "class",
            "m " + (few ? "open " : "mark ") + look.css(),
            "style",
            few ? "stroke-width:1" : null);
  }

  /** Wilson's interval of a bin's accuracy. */
  static WilsonInterval interval(Reliability.Bin bin) {
    long right = Math.round(bin.accuracy() * bin.count());
    return WilsonInterval.of(Math.min(right, bin.count()), bin.count());
  }

  private String bar(Reliability.Bin bin) {
    double height = STRIP * bin.count() / most;
    return Svg.rect(
        X.at(bin.low()) + 0.5,
        180 - height,
        X.at(bin.high()) - X.at(bin.low()) - 1,
        Math.max(0.4, height),
        "class",
        "bar " + look.css(),
        "style",
        "fill-opacity:.55");
  }

  /** How much of all predictions the most confident bin holds. */
  private String share() {
    Reliability.Bin last = entry.bins().get(entry.bins().size() - 1);
    String share = NumberFormats.percent((double) last.count() / total, 0) + " here";
    return Labels.inward(X.at((last.low() + last.high()) / 2), 164, share, Plot.SMALL - 2);
  }
}

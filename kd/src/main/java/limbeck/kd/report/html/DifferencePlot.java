package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.VerdictRecord;

/**
 * Paired differences in what arms are judged by: one line per comparison with its verdict, a dot
 * per seed, a line for the mean and a band for its interval, and zero marked.
 */
final class DifferencePlot {
  private static final int TOP = 22;
  private static final int PITCH = 50;
  private static final int LEFT = 8;
  private static final int RIGHT = Plot.WIDE - 8;
  private static final double NAME_SIZE = 12;
  private static final double GAP = 4; // between numbers

  private final List<Line> lines;
  private final MeasureFormat format;
  private final Scale x;
  private final double low;
  private final double high;

  /**
   * One comparison.
   *
   * @param name which arms, such as "distilled − alone"
   * @param look how the arm that is judged is drawn
   * @param record the comparison
   * @param seeds seeds of its differences
   */
  record Line(String name, Look look, VerdictRecord record, List<Long> seeds) {}

  private DifferencePlot(List<Line> lines, MeasureFormat format) {
    this.lines = lines;
    this.format = format;
    double most = ends().max().orElse(0);
    double least = ends().min().orElse(0);
    double margin = most > least ? (most - least) * 0.04 : 1;
    this.low = least - margin;
    this.high = most + margin;
    this.x = Scale.linear(low, high, LEFT, RIGHT);
  }

  private DoubleStream ends() {
    return lines.stream()
        .flatMapToDouble(
            line -> {
              VerdictRecord c = line.record();
              DoubleStream ends = DoubleStream.of(c.low(), c.high(), c.mean(), 0);
              return DoubleStream.concat(
                      ends, c.differences().stream().mapToDouble(Double::doubleValue))
                  .map(format::shown);
            });
  }

  /** The plot of comparisons, at least one. */
  static String of(List<Line> lines, MeasureFormat format) {
    return new DifferencePlot(lines, format).draw();
  }

  private String draw() {
    int foot = TOP + PITCH * lines.size();
    int height = foot + 30;
    StringBuilder out = new StringBuilder();
    double widest = Labels.width(tick(Math.abs(low) > high ? low : high)) + GAP;
    int most = (int) ((RIGHT - LEFT) / (1.5 * widest)); // ticks may be 1.5 times as many as asked
    for (double tick : Ticks.nice(low, high, Math.min(6, most))) {
      if (tick != 0) {
        out.append(Svg.line(x.at(tick), TOP, x.at(tick), foot, "grid-line"));
      }
      out.append(Labels.inward(x.at(tick), foot + 12, tick(tick), Plot.WIDE));
    }
    out.append(Labels.inward(x.at(0), TOP - 11, "no difference", Plot.WIDE));
    out.append(Svg.line(x.at(0), TOP - 7, x.at(0), TOP - 1, "zero"));
    for (int i = 0; i < lines.size(); i++) {
      out.append(line(lines.get(i), TOP + i * PITCH));
    }
    out.append(Svg.text(LEFT, height - 2, "← " + format.lower()));
    out.append(Svg.text(RIGHT, height - 2, format.higher() + " →", "text-anchor", "end"));
    return Svg.plot(Plot.WIDE, height, name(), out.toString());
  }

  private String line(Line line, double top) {
    VerdictRecord c = line.record();
    String css = line.look().css();
    double y = top + 33;
    String verdict = c.label().label();
    String name = Labels.fit(line.name(), room(c), NAME_SIZE);
    StringBuilder out = new StringBuilder();
    out.append(Svg.text(6, top + 15, name, "class", "l halo"));
    out.append(Svg.text(RIGHT, top + 15, verdict, "class", "l b halo", "text-anchor", "end"));
    out.append(Svg.line(LEFT, y, RIGHT, y, "grid-line"));
    out.append(Svg.line(x.at(0), y - 11, x.at(0), y + 11, "zero"));
    out.append(Svg.line(at(c.low()), y, at(c.high()), y, "ci " + css));
    for (int k = 0; k < c.differences().size(); k++) {
      double d = c.differences().get(k);
      String tip = seed(line, k) + format.signed(d) + " " + format.word();
      out.append(Svg.circle(at(d), y, 3, tip, "class", "m seed " + css));
    }
    double mean = at(c.mean());
    String tip = "mean " + format.signedMean(c.mean()) + ", 95 % interval " + interval(c);
    out.append(Svg.line(mean, y - 8, mean, y + 8, "m mean " + css, tip));
    return out.toString();
  }

  private double at(double difference) {
    return x.at(format.shown(difference));
  }

  private String tick(double tick) {
    return Ticks.signed(format, tick);
  }

  private static double room(VerdictRecord c) {
    return Plot.WIDE - 22 - Labels.width(c.label().label(), 13.5);
  }

  /** Returns whether a name can stand beside its verdict uncut. */
  static boolean fits(String name, VerdictRecord c) {
    return Labels.width(name, NAME_SIZE) <= room(c);
  }

  private static String seed(Line line, int k) {
    return k < line.seeds().size() ? "seed " + line.seeds().get(k) + ": " : "";
  }

  private String interval(VerdictRecord c) {
    return format.signedMean(c.low()) + " to " + format.signedMean(c.high());
  }

  private String name() {
    return lines.stream()
        .map(
            line -> {
              VerdictRecord c = line.record();
              String what =
                  line.name().replace("\u2212", "minus") + ": " + format.signedMean(c.mean());
              return what + ", interval " + interval(c) + ", " + c.label().label();
            })
        .collect(Collectors.joining(". "));
  }
}

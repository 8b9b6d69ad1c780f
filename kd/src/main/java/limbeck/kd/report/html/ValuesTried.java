package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Sweep;

/**
 * Values of one parameter that were tried, with what they came to: points with 95 % whiskers, the
 * baseline as a band, the chosen value larger and named.
 */
final class ValuesTried {
  private static final int HEIGHT = 210;
  private static final int LEFT = 36;
  private static final int RIGHT = Plot.WIDE - 6;
  private static final int FOOT = HEIGHT - 34;

  private final RunView run;
  private final Sweep sweep;
  private final Look look;
  private final double low;
  private final double high;
  private final boolean log;
  private final Scale x;
  private final Scale y;

  private ValuesTried(RunView run, Sweep sweep) {
    this.run = run;
    this.sweep = sweep;
    this.look = run.look(sweep.arm());
    double least = ends().min().orElse(0);
    double most = ends().max().orElse(1);
    double margin = most > least ? (most - least) * 0.08 : 1;
    this.low = least - 2.4 * margin;
    this.high = most + margin;
    double from = sweep.points().stream().mapToDouble(Sweep.Point::value).min().orElse(0);
    double to = sweep.points().stream().mapToDouble(Sweep.Point::value).max().orElse(1);
    this.log = sweep.log() && from > 0;
    double right = RIGHT - 20;
    this.x = log ? Scale.log(from, to, 52, right) : Scale.linear(from, to, 52, right);
    this.y = Scale.linear(low, high, FOOT, 10);
  }

  /** The figure; empty without points. */
  static String of(RunView run, Sweep sweep) {
    if (sweep.points().isEmpty()) {
      return "";
    }
    String marks = sweep.split() + " errors of " + run.label(sweep.arm()) + ", 95\u202f% intervals";
    String caption = Html.caption(RunView.capital(sweep.parameter()) + " tried", marks, false);
    return Html.figure(caption, new ValuesTried(run, sweep).draw());
  }

  private DoubleStream ends() {
    Sweep.Baseline b = sweep.baseline();
    DoubleStream baseline =
        b == null ? DoubleStream.empty() : DoubleStream.of(b.mean(), b.low(), b.high());
    DoubleStream points =
        sweep.points().stream().flatMapToDouble(p -> DoubleStream.of(p.mean(), p.low(), p.high()));
    return DoubleStream.concat(baseline, points).filter(Double::isFinite);
  }

  private String draw() {
    StringBuilder out = new StringBuilder();
    for (double tick : Ticks.nice(low, high, 5)) {
      out.append(Svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid-line"));
      String text = Ticks.label(tick);
      out.append(Svg.text(LEFT - 5, y.at(tick) + 3.5, text, "text-anchor", "end"));
    }
    if (sweep.baseline() != null) {
      out.append(band(sweep.baseline()));
    }
    List<Svg.Point> line =
        sweep.points().stream().map(p -> new Svg.Point(x.at(p.value()), y.at(p.mean()))).toList();
    out.append(Svg.path(line, "class", "thick " + look.css(), "style", "stroke-width:1.2"));
    sweep.points().forEach(p -> out.append(point(p)));
    sweep.points().stream().filter(this::isChosen).forEach(p -> out.append(chosen(p)));
    String axis = sweep.parameter() + (log ? ", log scale" : "");
    out.append(Svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 3, axis, "text-anchor", "middle"));
    return Svg.plot(Plot.WIDE, HEIGHT, sentence(), out.toString());
  }

  private String band(Sweep.Baseline b) {
    String css = run.look(b.arm()).css();
    double bottom = Double.isFinite(b.low()) ? b.low() : b.mean();
    double top = Double.isFinite(b.high()) ? b.high() : b.mean();
    boolean interval = top > bottom;
    String name = run.label(b.arm()) + (interval ? ", 95 % interval" : "");
    double height = y.at(bottom) - y.at(top);
    String fill = "fill:var(--c);fill-opacity:.14";
    return Svg.rect(
            LEFT,
            y.at(top),
            RIGHT - LEFT,
            height,
            "class",
            css,
            "style",
            interval ? fill : "fill:none")
        + Svg.line(LEFT, y.at(b.mean()), RIGHT, y.at(b.mean()), css + " whisker")
        + Svg.text(
            RIGHT - 2, y.at(bottom) + 13, name, "class", "b c halo " + css, "text-anchor", "end");
  }

  private boolean isChosen(Sweep.Point p) {
    return p.value() == sweep.chosen();
  }

  private String point(Sweep.Point p) {
    boolean interval = Double.isFinite(p.low()) && Double.isFinite(p.high());
    String value = Ticks.plain(p.value());
    String tip =
        sweep.parameter()
            + " "
            + value
            + ": "
            + NumberFormats.fixed(p.mean(), 1)
            + " errors"
            + (interval
                ? ", 95 % interval "
                    + NumberFormats.fixed(p.low(), 1)
                    + " to "
                    + NumberFormats.fixed(p.high(), 1)
                : "");
    double at = x.at(p.value());
    String css = isChosen(p) ? "l b" : null;
    return (interval
            ? Svg.line(at, y.at(p.low()), at, y.at(p.high()), "whisker " + look.css())
            : "")
        + look.mark(at, y.at(p.mean()), isChosen(p) ? 5.4 : 3.6, tip, "")
        + Svg.text(at, HEIGHT - 18, value, "text-anchor", "middle", "class", css);
  }

  private String chosen(Sweep.Point p) {
    double bottom = Double.isFinite(p.low()) ? p.low() : p.mean();
    return Svg.text(
        x.at(p.value()),
        y.at(bottom) + 14,
        "chosen",
        "text-anchor",
        "middle",
        "class",
        "b c halo " + look.css());
  }

  private String sentence() {
    return sweep.points().stream()
        .map(p -> Ticks.plain(p.value()) + ": " + NumberFormats.fixed(p.mean(), 0))
        .collect(
            Collectors.joining(
                ", ",
                sweep.parameter() + " tried: ",
                Double.isFinite(sweep.chosen())
                    ? "; chosen " + Ticks.plain(sweep.chosen()) + "."
                    : "."));
  }
}

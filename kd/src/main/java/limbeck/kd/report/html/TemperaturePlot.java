package limbeck.kd.report.html;

import java.util.List;
import java.util.function.ToDoubleFunction;
import limbeck.kd.report.TemperaturePoint;

/** One quantity against the temperature, with an upright line at the temperature of the bars. */
final class TemperaturePlot {
  private static final int HEIGHT = 134;
  private static final int LEFT = 27;
  private static final int RIGHT = Plot.SMALL - 4;
  private static final int FOOT = HEIGHT - 28;
  private static final int ROW = 13;
  private static final List<Integer> MARKED = List.of(1, 2, 4, 8);

  private final List<TemperaturePoint> points;
  private final double hottest;
  private final double high;
  private final Scale x;
  private final Scale y;

  /**
   * One line.
   *
   * @param label its name
   * @param look its colour
   * @param figure what it shows
   * @param row of its name in the lower right corner, as lines may lie on one another; below 0 at
   *     the end of the line, above it
   */
  record Line(String label, Look look, ToDoubleFunction<TemperaturePoint> figure, int row) {}

  /**
   * Axes for a quantity.
   *
   * @param points by temperature, ascending
   * @param high upper end
   */
  TemperaturePlot(List<TemperaturePoint> points, double high) {
    this.points = points;
    this.hottest = points.get(points.size() - 1).temperature();
    this.high = high;
    this.x = Scale.log(points.get(0).temperature(), hottest, LEFT, RIGHT);
    this.y = Scale.linear(0, high, FOOT, 20);
  }

  /**
   * The figure.
   *
   * @param title markup
   * @param temperature of the bars
   * @param limit value of a dashed line and its name; null for none
   */
  String draw(String title, String unit, List<Line> lines, double temperature, Limit limit) {
    StringBuilder out = new StringBuilder(axes());
    out.append(now(temperature));
    if (limit != null) {
      double at = y.at(limit.value());
      out.append(Svg.line(LEFT, at, RIGHT, at, "dash"));
      out.append(Svg.text(LEFT + 3, at - 4, limit.name()));
    }
    for (Line line : lines) {
      out.append(
          Svg.path(
              points.stream().map(p -> point(line, p)).toList(),
              "class",
              "thick " + line.look().css()));
    }
    lines.forEach(line -> out.append(name(line)));
    String caption = Markup.tag("b", title) + "<br>" + Markup.tag("span", Markup.escape(unit));
    String sentence = title + " against temperature.";
    return Html.figure(caption, Svg.plot(Plot.SMALL, HEIGHT, sentence, out.toString()));
  }

  /** A value that lines tend to. */
  record Limit(double value, String name) {}

  private String axes() {
    StringBuilder out = new StringBuilder();
    for (double tick : Ticks.nice(0, high, 4)) {
      out.append(Svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid-line"));
      out.append(Svg.text(LEFT - 4, y.at(tick) + 3.5, Ticks.label(tick), "text-anchor", "end"));
    }
    for (int tick : MARKED) {
      if (tick * 1.7 < hottest && tick >= points.get(0).temperature()) {
        String text = Integer.toString(tick);
        out.append(Svg.text(x.at(tick), HEIGHT - 15, text, "text-anchor", "middle"));
      }
    }
    String last = Ticks.plain(hottest);
    out.append(Svg.text(x.at(hottest), HEIGHT - 15, last, "text-anchor", "end"));
    out.append(Svg.text(RIGHT, HEIGHT - 2, "temperature (log)", "text-anchor", "end"));
    return out.toString();
  }

  /** Its data say where T = 1 lies and how long a doubling is: the script moves it. */
  private String now(double temperature) {
    double at = x.at(temperature);
    return Markup.tag(
        "line",
        "",
        "x1",
        at,
        "y1",
        18,
        "x2",
        at,
        "y2",
        FOOT,
        "class",
        "now axis",
        "data-x0",
        x.at(1),
        "data-dx",
        Ticks.decimals(x.at(2) - x.at(1), 4));
  }

  private Svg.Point point(Line line, TemperaturePoint p) {
    return new Svg.Point(x.at(p.temperature()), y.at(line.figure().applyAsDouble(p)));
  }

  private String name(Line line) {
    Svg.Point end = point(line, points.get(points.size() - 1));
    return Svg.text(
        Math.min(end.x() + 4, RIGHT + 4),
        line.row() < 0 ? end.y() - 5 : FOOT - 6 - ROW * line.row(),
        Labels.fit(line.label(), RIGHT - LEFT, Labels.SIZE),
        "class",
        "c b halo " + line.look().css(),
        "text-anchor",
        "end");
  }
}

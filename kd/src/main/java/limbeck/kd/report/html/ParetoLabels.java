package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.ParetoPoint;

/**
 * Names of arms and widths of other points beside their marks, off the axis, the marks and the
 * lines between them.
 */
final class ParetoLabels {
  private static final double PITCH = 14; // of names in a column

  private final ParetoFrame frame;
  private final PointNames names;
  private final LabelPlacer placer = new LabelPlacer(Plot.WIDE, ParetoFrame.FOOT + 4);

  ParetoLabels(ParetoFrame frame, PointNames names) {
    this.frame = frame;
    this.names = names;
  }

  /** Keeps labels off a line. */
  void avoidLine(List<Svg.Point> line) {
    for (int i = 0; i + 1 < line.size(); i++) {
      Svg.Point a = line.get(i);
      Svg.Point b = line.get(i + 1);
      for (int k = 0; k <= 6; k++) {
        double share = k / 6.0;
        placer.block(a.x() + (b.x() - a.x()) * share, a.y() + (b.y() - a.y()) * share, 2.5);
      }
    }
  }

  /** Keeps labels off the axis and its numbers, and off marks with their whiskers. */
  void avoidMarks(List<ParetoPoint> points) {
    placer.block(0, 0, ParetoFrame.LEFT, ParetoFrame.FOOT);
    points.forEach(p -> placer.block(frame.left(p), frame.top(p), 6));
    points.stream().filter(p -> Double.isFinite(p.low())).forEach(this::avoidWhisker);
  }

  private void avoidWhisker(ParetoPoint p) {
    double left = frame.left(p);
    double foot = frame.foot(p);
    placer.block(left - 2, frame.y(p.high()), left + 2, foot);
  }

  /** Names in columns beside their groups, which no other label may cover. */
  String columns() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < frame.groups().size(); i++) {
      if (frame.groups().get(i).hasColumn()) {
        out.append(column(i));
      }
    }
    return out.toString();
  }

  /** The names of a group in a column, on the side with more room, joined to their marks. */
  private String column(int place) {
    List<EqualCosts> groups = frame.groups();
    EqualCosts group = groups.get(place);
    double middle = frame.middle(group);
    double before = place == 0 ? ParetoFrame.LEFT : rightEnd(groups.get(place - 1)) + 8;
    double after =
        place + 1 == groups.size() ? ParetoFrame.RIGHT : leftEnd(groups.get(place + 1)) - 8;
    boolean toLeft =
        middle - before >= after - middle || middle - before >= frame.column(group) + group.half();
    double edge =
        toLeft ? leftEnd(group) - ParetoFrame.MARGIN : rightEnd(group) + ParetoFrame.MARGIN;
    double room = toLeft ? edge - before : after - edge;
    List<ParetoPoint> named = group.named();
    double[] at =
        Labels.spread(
            named.stream().mapToDouble(frame::top).toArray(),
            PITCH,
            ParetoFrame.TOP + 8,
            ParetoFrame.FOOT - 6);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < at.length; i++) {
      out.append(inColumn(named.get(i), edge, at[i], room, toLeft));
    }
    return out.toString();
  }

  private double leftEnd(EqualCosts group) {
    return frame.middle(group) - group.half();
  }

  private double rightEnd(EqualCosts group) {
    return frame.middle(group) + group.half();
  }

  /** A name that begins or ends at the edge of its column, and the line to its mark. */
  private String inColumn(ParetoPoint p, double edge, double at, double room, boolean toLeft) {
    String text = Labels.fit(names.of(p), room, ParetoFrame.NAME);
    double width = Labels.width(text, ParetoFrame.NAME) * (toLeft ? -1 : 1);
    placer.block(Math.min(edge, edge + width), at - 8, Math.max(edge, edge + width), at + 6);
    double end = toLeft ? edge + 3 : edge - 3;
    String anchor = toLeft ? "end" : "start";
    return Svg.line(end, at, frame.left(p), frame.top(p), "axis")
        + Svg.text(edge, at + 4, text, "class", nameCss(p), "text-anchor", anchor);
  }

  private static String nameCss(ParetoPoint p) {
    return "l b c halo " + Look.ofRole(p.role()).css();
  }

  /** Names beside the marks of groups without a column. */
  String names() {
    return frame.groups().stream()
        .filter(g -> !g.hasColumn())
        .flatMap(g -> g.named().stream())
        .map(this::name)
        .collect(Collectors.joining());
  }

  private String name(ParetoPoint p) {
    LabelPlacer.Style style =
        new LabelPlacer.Style(nameCss(p), ParetoFrame.NAME, 9, true, sides(p.role()));
    return placer.place(frame.left(p), frame.top(p), names.of(p), style);
  }

  /** Alone above its line, distilled below, so that they do not meet. */
  private static List<LabelPlacer.Side> sides(String role) {
    return switch (role) {
      case "distilled" ->
          List.of(
              LabelPlacer.Side.SW,
              LabelPlacer.Side.W,
              LabelPlacer.Side.S,
              LabelPlacer.Side.NW,
              LabelPlacer.Side.E);
      case "student" ->
          List.of(LabelPlacer.Side.NE, LabelPlacer.Side.E, LabelPlacer.Side.N, LabelPlacer.Side.NW);
      default ->
          List.of(
              LabelPlacer.Side.N,
              LabelPlacer.Side.W,
              LabelPlacer.Side.NW,
              LabelPlacer.Side.SW,
              LabelPlacer.Side.S,
              LabelPlacer.Side.E);
    };
  }

  /** Widths beside the marks of points that are no arms of the run, where there is room. */
  String widths(List<ParetoPoint> points) {
    return points.stream()
        .filter(p -> p.arm() == null)
        .map(this::width)
        .collect(Collectors.joining());
  }

  private String width(ParetoPoint p) {
    List<LabelPlacer.Side> order =
        p.role().equals("distilled")
            ? List.of(LabelPlacer.Side.SW, LabelPlacer.Side.S, LabelPlacer.Side.W)
            : List.of(LabelPlacer.Side.NE, LabelPlacer.Side.N, LabelPlacer.Side.E);
    String css = "halo c " + Look.ofRole(p.role()).css();
    LabelPlacer.Style style = new LabelPlacer.Style(css, Labels.SIZE, 7, false, order);
    return placer.place(frame.left(p), frame.top(p), p.label(), style);
  }
}

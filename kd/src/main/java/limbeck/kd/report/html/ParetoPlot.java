package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.ParetoPoint;

/**
 * Errors against one cost, both on log scales: role shapes with 95 % whiskers, a thin line through
 * the sizes of the student alone and of the distilled one, dashed steps for the front. Arms of the
 * run are larger and named; other points carry their width. Points of {@link EqualCosts} stand side
 * by side.
 */
final class ParetoPlot {
  private static final int LEFT = 36;
  private static final int RIGHT = Plot.WIDE - 6;
  private static final int HEIGHT = 272;
  private static final int TOP = 8;
  private static final int FOOT = HEIGHT - 38;
  private static final int MARGIN = 16; // between marks and the frame
  private static final double NAME = 12; // size of names
  private static final double NAME_PITCH = 14;
  private static final double LEAST_ERRORS = 0.5; // none at all has no place on a log scale

  private final RunView run;
  private final Axis axis;
  private final List<ParetoPoint> points;
  private final List<EqualCosts> groups;
  private final Scale x;
  private final Scale y;
  private final double[] xEnds;
  private final double[] yEnds;

  /**
   * What a plot is against.
   *
   * @param title its name
   * @param unit what the axis shows
   * @param cost the cost; not finite or not above 0 where it was not measured
   * @param form how a cost is written
   */
  record Axis(
      String title, String unit, ToDoubleFunction<ParetoPoint> cost, DoubleFunction<String> form) {
    private boolean has(ParetoPoint p) {
      double c = cost.applyAsDouble(p);
      return Double.isFinite(c) && c > 0;
    }
  }

  private ParetoPlot(RunView run, Axis axis) {
    this.run = run;
    this.axis = axis;
    this.points = run.report().pareto().stream().filter(axis::has).toList();
    this.groups = EqualCosts.of(points, axis.cost());
    this.xEnds = costEnds();
    double[] errors =
        points.stream()
            .flatMapToDouble(p -> DoubleStream.of(p.errors(), low(p), high(p)))
            .map(e -> Math.max(e, LEAST_ERRORS))
            .sorted()
            .toArray();
    this.yEnds = new double[] {errors[0] / 1.15, errors[errors.length - 1] * 1.12};
    this.x = Scale.log(xEnds[0], xEnds[1], LEFT, RIGHT);
    this.y = Scale.log(yEnds[0], yEnds[1], FOOT, TOP);
  }

  /** Costs at the ends of the axis, so that all marks lie within, and the first column of names. */
  private double[] costEnds() {
    EqualCosts first = groups.get(0);
    EqualCosts last = groups.get(groups.size() - 1);
    double from = LEFT + MARGIN + first.half() + (first.hasColumn() ? column(first) : 0);
    double to = RIGHT - MARGIN - last.half();
    double decades = StrictMath.log10(last.cost() / first.cost()) / Math.max(1, to - from);
    if (decades == 0) {
      return new double[] {first.cost() / 2, first.cost() * 2};
    }
    return new double[] {
      first.cost() * StrictMath.pow(10, (LEFT - from) * decades),
      last.cost() * StrictMath.pow(10, (RIGHT - to) * decades)
    };
  }

  /** Width of the names of a group. */
  private double column(EqualCosts group) {
    return MARGIN
        + group.named().stream().mapToDouble(p -> Labels.width(name(p), NAME)).max().orElse(0);
  }

  /** The figure; empty where fewer than three points have the cost. */
  static String of(RunView run, Axis axis) {
    if (run.report().pareto().stream().filter(axis::has).count() < 3) {
      return "";
    }
    ParetoPlot plot = new ParetoPlot(run, axis);
    String marks = run.errorsName() + " against " + axis.unit() + ", both on log scales";
    return Html.figure(Html.caption(axis.title(), marks, true), plot.draw());
  }

  private static double low(ParetoPoint p) {
    return Double.isFinite(p.low()) ? p.low() : p.errors();
  }

  private static double high(ParetoPoint p) {
    return Double.isFinite(p.high()) ? p.high() : p.errors();
  }

  private double left(ParetoPoint p) {
    for (EqualCosts group : groups) {
      Optional<Double> offset = group.offset(p);
      if (offset.isPresent()) {
        return x.at(group.cost()) + offset.get();
      }
    }
    return x.at(axis.cost().applyAsDouble(p));
  }

  private double top(ParetoPoint p) {
    return y.at(p.errors());
  }

  private String draw() {
    StringBuilder out = new StringBuilder(grid());
    out.append(front());
    LabelPlacer placer = new LabelPlacer(Plot.WIDE, FOOT + 4);
    for (String role : List.of("student", "distilled")) {
      out.append(series(role, placer));
    }
    placer.block(0, 0, LEFT, FOOT); // the axis and its numbers
    points.forEach(p -> placer.block(left(p), top(p), 6));
    points.stream().filter(p -> Double.isFinite(p.low())).forEach(p -> blockWhisker(p, placer));
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).hasColumn()) {
        out.append(names(i, placer));
      }
    }
    points.forEach(p -> out.append(mark(p)));
    groups.stream()
        .filter(g -> !g.hasColumn())
        .flatMap(g -> g.named().stream())
        .forEach(p -> out.append(name(p, placer)));
    points.stream().filter(p -> p.arm() == null).forEach(p -> out.append(width(p, placer)));
    double middle = (LEFT + RIGHT) / 2.0;
    out.append(Svg.text(middle, HEIGHT - 8, axis.unit(), "text-anchor", "middle"));
    return Svg.plot(Plot.WIDE, HEIGHT, sentence(), out.toString());
  }

  private void blockWhisker(ParetoPoint p, LabelPlacer placer) {
    placer.block(left(p) - 2, y.at(p.high()), left(p) + 2, y.at(Math.max(p.low(), LEAST_ERRORS)));
  }

  /** The names of a group in a column, on the side with more room, joined to their marks. */
  private String names(int place, LabelPlacer placer) {
    EqualCosts group = groups.get(place);
    double middle = x.at(group.cost());
    double before =
        place == 0 ? LEFT : x.at(groups.get(place - 1).cost()) + groups.get(place - 1).half() + 8;
    double after =
        place + 1 == groups.size()
            ? RIGHT
            : x.at(groups.get(place + 1).cost()) - groups.get(place + 1).half() - 8;
    boolean toLeft =
        middle - before >= after - middle || middle - before >= column(group) + group.half();
    double edge = toLeft ? middle - group.half() - MARGIN : middle + group.half() + MARGIN;
    double room = toLeft ? edge - before : after - edge;
    List<ParetoPoint> named = group.named();
    double[] at =
        EqualCosts.spread(
            named.stream().mapToDouble(this::top).toArray(), NAME_PITCH, TOP + 8, FOOT - 6);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < at.length; i++) {
      ParetoPoint p = named.get(i);
      String text = Labels.fit(name(p), room, NAME);
      double end = toLeft ? edge + 3 : edge - 3;
      out.append(Svg.line(end, at[i], left(p), top(p), "axis"));
      out.append(
          Svg.text(
              edge,
              at[i] + 4,
              text,
              "class",
              "l b c halo " + Look.ofRole(p.role()).css(),
              "text-anchor",
              toLeft ? "end" : "start"));
      double width = Labels.width(text, NAME) * (toLeft ? -1 : 1);
      placer.block(
          Math.min(edge, edge + width), at[i] - 8, Math.max(edge, edge + width), at[i] + 6);
    }
    return out.toString();
  }

  private String grid() {
    StringBuilder out = new StringBuilder();
    for (double tick : Ticks.log(yEnds[0], yEnds[1])) {
      out.append(Svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid-line"));
      String text = tick < 1 ? Ticks.label(tick) : NumberFormats.grouped(Math.round(tick));
      out.append(Svg.text(LEFT - 5, y.at(tick) + 3.5, text, "text-anchor", "end"));
    }
    for (double tick : Ticks.log(xEnds[0], xEnds[1], 1)) {
      out.append(Svg.line(x.at(tick), TOP, x.at(tick), FOOT, "grid-line"));
      String text = shortened(axis.form().apply(tick));
      out.append(Svg.text(x.at(tick), HEIGHT - 25, text, "text-anchor", "middle"));
    }
    return out.toString();
  }

  /** A number and its unit without zeros that say nothing: 1.00 MB as 1 MB. */
  static String shortened(String figure) {
    return figure.replaceFirst("\\.0+(?=\\D)", "").replaceFirst("(\\.\\d*?)0+(?=\\D)", "$1");
  }

  private String front() {
    List<ParetoPoint> front = Frontier.of(points, axis.cost());
    StringBuilder d = new StringBuilder();
    for (int i = 0; i < front.size(); i++) {
      d.append('M').append(Svg.at(left(front.get(i)), top(front.get(i))));
      if (i + 1 < front.size()) {
        d.append('H').append(Markup.coordinate(left(front.get(i + 1))));
        d.append('V').append(Markup.coordinate(top(front.get(i + 1))));
      } else {
        d.append('H').append(RIGHT);
      }
    }
    return Svg.path(d.toString(), "class", "dash");
  }

  /** The line through the sizes of a role, which labels keep away from. */
  private String series(String role, LabelPlacer placer) {
    List<ParetoPoint> sizes = new ArrayList<>(points);
    sizes.removeIf(p -> !p.role().equals(role) || p.arm() != null && !isCompared(p.arm()));
    sizes.sort(Comparator.comparingDouble(axis.cost()));
    if (sizes.size() < 2) {
      return "";
    }
    List<Svg.Point> line = sizes.stream().map(p -> new Svg.Point(left(p), top(p))).toList();
    for (int i = 0; i + 1 < line.size(); i++) {
      Svg.Point a = line.get(i);
      Svg.Point b = line.get(i + 1);
      for (int k = 0; k <= 6; k++) {
        double share = k / 6.0;
        placer.block(a.x() + (b.x() - a.x()) * share, a.y() + (b.y() - a.y()) * share, 2.5);
      }
    }
    String css = "thick " + Look.ofRole(role).css();
    return Svg.path(line, "class", css, "style", "stroke-width:1.2");
  }

  private boolean isCompared(String arm) {
    return arm.equals(run.main().id()) || arm.equals(run.baseline().id());
  }

  private String mark(ParetoPoint p) {
    Look look = p.arm() == null ? Look.ofRole(p.role()) : run.look(p.arm());
    String whisker =
        Double.isFinite(p.low())
            ? Svg.line(left(p), y.at(p.low()), left(p), y.at(p.high()), "whisker " + look.css())
            : "";
    return whisker + look.mark(left(p), top(p), p.arm() == null ? 3.8 : 5.4, tip(p), "");
  }

  private String tip(ParetoPoint p) {
    String name = p.arm() == null ? roleName(p.role()) : run.label(p.arm());
    String size = isWidth(p.label()) ? ", width " + p.label() : "";
    List<String> figures = new ArrayList<>();
    figures.add(NumberFormats.fixed(p.errors(), 1) + " errors");
    if (p.bytes() >= 0) {
      figures.add(NumberFormats.bytes(p.bytes()));
    }
    if (Double.isFinite(p.latencyMs())) {
      figures.add(NumberFormats.latency(p.latencyMs()));
    }
    return name + size + ": " + String.join(", ", figures);
  }

  private String roleName(String role) {
    return role.equals("student") ? run.baseline().label() : role;
  }

  /** Whether a point is labelled by a width, not by a name. */
  static boolean isWidth(String label) {
    return !label.isEmpty() && label.charAt(0) >= '0' && label.charAt(0) <= '9';
  }

  private String name(ParetoPoint p) {
    return isWidth(p.label()) ? run.label(p.arm()) + " " + p.label() : run.label(p.arm());
  }

  private String name(ParetoPoint p, LabelPlacer placer) {
    String css = "l b c halo " + Look.ofRole(p.role()).css();
    return placer.place(
        left(p), top(p), name(p), new LabelPlacer.Style(css, NAME, 9, true, sides(p.role())));
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

  private String width(ParetoPoint p, LabelPlacer placer) {
    List<LabelPlacer.Side> order =
        p.role().equals("distilled")
            ? List.of(LabelPlacer.Side.SW, LabelPlacer.Side.S, LabelPlacer.Side.W)
            : List.of(LabelPlacer.Side.NE, LabelPlacer.Side.N, LabelPlacer.Side.E);
    String css = "halo c " + Look.ofRole(p.role()).css();
    return placer.place(
        left(p), top(p), p.label(), new LabelPlacer.Style(css, Labels.SIZE, 7, false, order));
  }

  private String sentence() {
    return points.stream()
        .map(
            p ->
                String.join(
                    " ",
                    p.role(),
                    p.label(),
                    axis.form().apply(axis.cost().applyAsDouble(p)),
                    NumberFormats.fixed(p.errors(), 0),
                    "errors"))
        .collect(Collectors.joining(", ", axis.title() + ": ", "."));
  }
}

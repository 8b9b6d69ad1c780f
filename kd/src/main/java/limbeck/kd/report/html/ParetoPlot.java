package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Frontier;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.ParetoPoint;

/**
 * Errors against one cost, both on log scales: role shapes with 95 % whiskers, a thin line through
 * the sizes of the student alone and of the distilled one, dashed steps for the front. Arms of the
 * run are larger and named; other points carry their width.
 */
final class ParetoPlot {
  private final RunView run;
  private final CostAxis axis;
  private final List<ParetoPoint> points;
  private final PointNames names;
  private final ParetoFrame frame;

  private ParetoPlot(RunView run, CostAxis axis, List<ParetoPoint> points) {
    this.run = run;
    this.axis = axis;
    this.points = points;
    this.names = new PointNames(run);
    this.frame = new ParetoFrame(axis, points, names, run.format());
  }

  /** The figure; empty where fewer than three points have the cost. */
  static String of(RunView run, CostAxis axis) {
    List<ParetoPoint> points = run.report().pareto().stream().filter(axis::has).toList();
    if (points.size() < 3) {
      return "";
    }
    boolean counts = run.report().measure() == Measure.ERRORS;
    String scales = counts ? ", both on log scales" : " on a log scale";
    String marks = run.figureName() + " against " + axis.unit() + scales;
    String plot = new ParetoPlot(run, axis, points).draw();
    return Html.figure(Html.caption(axis.title(), marks, true), plot);
  }

  private String draw() {
    ParetoLabels labels = new ParetoLabels(frame, names);
    StringBuilder out = new StringBuilder(frame.grid());
    out.append(front());
    for (String role : List.of("student", "distilled")) {
      out.append(series(role, labels));
    }
    labels.avoidMarks(points);
    out.append(labels.columns());
    points.forEach(p -> out.append(mark(p)));
    out.append(labels.names()).append(labels.widths(points)).append(frame.foot());
    return Svg.plot(Plot.WIDE, ParetoFrame.HEIGHT, sentence(), out.toString());
  }

  private String front() {
    List<ParetoPoint> front = Frontier.of(points, axis.cost());
    StringBuilder d = new StringBuilder();
    for (int i = 0; i < front.size(); i++) {
      d.append('M').append(Svg.at(frame.left(front.get(i)), frame.top(front.get(i))));
      if (i + 1 < front.size()) {
        d.append('H').append(Markup.coordinate(frame.left(front.get(i + 1))));
        d.append('V').append(Markup.coordinate(frame.top(front.get(i + 1))));
      } else {
        d.append('H').append(ParetoFrame.RIGHT);
      }
    }
    return Svg.path(d.toString(), "class", "dash");
  }

  /** The line through the sizes of a role, which labels keep away from. */
  private String series(String role, ParetoLabels labels) {
    List<ParetoPoint> sizes = new ArrayList<>(points);
    sizes.removeIf(p -> !p.role().equals(role) || p.arm() != null && !isCompared(p.arm()));
    sizes.sort(Comparator.comparingDouble(axis.cost()));
    if (sizes.size() < 2) {
      return "";
    }
    List<Svg.Point> line =
        sizes.stream().map(p -> new Svg.Point(frame.left(p), frame.top(p))).toList();
    labels.avoidLine(line);
    String css = "thick " + Look.ofRole(role).css();
    return Svg.path(line, "class", css, "style", "stroke-width:1.2");
  }

  private boolean isCompared(String arm) {
    return arm.equals(run.main().id()) || arm.equals(run.baseline().id());
  }

  private String mark(ParetoPoint p) {
    Look look = p.arm() == null ? Look.ofRole(p.role()) : run.look(p.arm());
    double left = frame.left(p);
    String whisker =
        Double.isFinite(p.low())
            ? Svg.line(left, frame.y(p.low()), left, frame.y(p.high()), "whisker " + look.css())
            : "";
    return whisker + look.mark(left, frame.top(p), p.arm() == null ? 3.8 : 5.4, tip(p), "");
  }

  private String tip(ParetoPoint p) {
    String size = PointNames.isWidth(p.label()) ? ", width " + p.label() : "";
    List<String> figures = new ArrayList<>();
    figures.add(run.format().mean(p.value(), 1) + " " + run.format().word());
    if (p.bytes() >= 0) {
      figures.add(NumberFormats.bytes(p.bytes()));
    }
    if (Double.isFinite(p.latencyMs())) {
      figures.add(NumberFormats.latency(p.latencyMs()));
    }
    return names.network(p) + size + ": " + String.join(", ", figures);
  }

  private String sentence() {
    return points.stream()
        .map(
            p ->
                String.join(
                    " ",
                    p.role(),
                    p.label(),
                    axis.show(p),
                    run.format().mean(p.value(), 0),
                    run.format().word()))
        .collect(Collectors.joining(", ", axis.title() + ": ", "."));
  }
}

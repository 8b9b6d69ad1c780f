package limbeck.kd.report.html;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.ParetoPoint;

/**
 * Where points of errors and costs lie: both axes, on log scales; correlations on a plain one.
 * Points of {@link EqualCosts} stand side by side.
 */
final class ParetoFrame {
  static final int LEFT = 36;
  static final int RIGHT = Plot.WIDE - 6;
  static final int HEIGHT = 272;
  static final int TOP = 8;
  static final int FOOT = HEIGHT - 38;
  static final int MARGIN = 16; // between marks and the frame, or names in a column
  static final double NAME = 12; // size of names
  static final double LEAST_ERRORS = 0.5; // none at all has no place on a log scale

  private final CostAxis axis;
  private final PointNames names;
  private final MeasureFormat format;
  private final List<EqualCosts> groups;
  private final Scale x;
  private final Scale y;
  private final double[] xEnds;
  private final double[] yEnds;

  /**
   * The frame of points.
   *
   * @param points at least one, all with the axis' cost
   * @param format how their figures are written
   */
  ParetoFrame(CostAxis axis, List<ParetoPoint> points, PointNames names, MeasureFormat format) {
    this.axis = axis;
    this.names = names;
    this.groups = EqualCosts.of(points, axis.cost());
    this.xEnds = costEnds();
    this.x = Scale.log(xEnds[0], xEnds[1], LEFT, RIGHT);
    this.format = format;
    double[] figures =
        points.stream()
            .flatMapToDouble(p -> DoubleStream.of(p.value(), low(p), high(p)))
            .map(v -> log() ? Math.max(v, LEAST_ERRORS) : format.shown(v))
            .sorted()
            .toArray();
    double least = figures[0];
    double most = figures[figures.length - 1];
    double margin = most > least ? (most - least) * 0.08 : 1;
    this.yEnds =
        log()
            ? new double[] {least / 1.15, most * 1.12}
            : new double[] {least - margin, most + margin};
    this.y =
        log()
            ? Scale.log(yEnds[0], yEnds[1], FOOT, TOP)
            : Scale.linear(yEnds[0], yEnds[1], FOOT, TOP);
  }

  /** Counts are on a log scale. */
  private boolean log() {
    return format.measure() == Measure.ERRORS;
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

  private static double low(ParetoPoint p) {
    return Double.isFinite(p.low()) ? p.low() : p.value();
  }

  private static double high(ParetoPoint p) {
    return Double.isFinite(p.high()) ? p.high() : p.value();
  }

  /** Points of equal cost, cheapest first. */
  List<EqualCosts> groups() {
    return groups;
  }

  /** Width of the names of a group in a column. */
  double column(EqualCosts group) {
    return MARGIN
        + group.named().stream().mapToDouble(p -> Labels.width(names.of(p), NAME)).max().orElse(0);
  }

  /** The middle of a group's marks. */
  double middle(EqualCosts group) {
    return x.at(group.cost());
  }

  /** Where a point's mark is from the left. */
  double left(ParetoPoint p) {
    for (EqualCosts group : groups) {
      Optional<Double> offset = group.offset(p);
      if (offset.isPresent()) {
        return middle(group) + offset.get();
      }
    }
    return x.at(axis.cost().applyAsDouble(p));
  }

  /** Where a point's mark is from the top. */
  double top(ParetoPoint p) {
    return y(p.value());
  }

  double y(double figure) {
    return y.at(format.shown(figure));
  }

  /** Where the foot of a point's whisker is from the top. */
  double foot(ParetoPoint p) {
    return y(log() ? Math.max(p.low(), LEAST_ERRORS) : p.low());
  }

  /** Grid lines and their values. */
  String grid() {
    StringBuilder out = new StringBuilder();
    List<Double> ticks = log() ? Ticks.log(yEnds[0], yEnds[1]) : Ticks.nice(yEnds[0], yEnds[1], 5);
    for (double tick : ticks) {
      out.append(Svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid-line"));
      String text = tick < 1 ? Ticks.label(tick) : Ticks.of(format, tick);
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

  /** What the cost is, under the plot. */
  String foot() {
    return Svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 8, axis.unit(), "text-anchor", "middle");
  }
}

package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Curve;

/**
 * Learning curves of one arm: thin lines are seeds, the thick one is their mean, grey ones are the
 * means of the other arms. Nothing is smoothed.
 */
final class CurvePanel {
  private static final int HITS = 24; // places of a panel that say their value
  private static final double HIT = 6.8;

  private CurvePanel() {}

  /**
   * The figure.
   *
   * @param mine curves of the arm, one per seed, at least one with a point
   * @param others means of the other arms
   */
  static String of(
      CurveFrame frame, Arm arm, Look look, List<Curve> mine, List<List<Svg.Point>> others) {
    List<Svg.Point> mean = mean(mine);
    String last = frame.show(mean.get(mean.size() - 1).y());
    StringBuilder out = new StringBuilder(PanelHead.of(arm.label(), look, last, Plot.SMALL - 4));
    out.append(frame.grid());
    others.forEach(points -> out.append(line(frame, points, "back")));
    mine.forEach(c -> out.append(line(frame, points(c), "thin " + look.css())));
    out.append(line(frame, mean, "thick " + look.css()));
    out.append(frame.foot());
    out.append(hits(frame, mean));
    String name = frame.title() + " of " + arm.label() + " by epoch, ends at " + last + ".";
    return Html.figure("", Svg.plot(Plot.SMALL, CurveFrame.HEIGHT, name, out.toString()));
  }

  private static List<Svg.Point> points(Curve curve) {
    return IntStream.range(0, curve.values().size())
        .mapToObj(i -> new Svg.Point(curve.epochs().get(i), curve.values().get(i)))
        .toList();
  }

  /** The mean over seeds at every epoch that all of them have. */
  static List<Svg.Point> mean(List<Curve> curves) {
    Map<Double, List<Double>> byEpoch = new TreeMap<>();
    for (Curve curve : curves) {
      points(curve).forEach(p -> byEpoch.computeIfAbsent(p.x(), e -> new ArrayList<>()).add(p.y()));
    }
    List<Svg.Point> mean = new ArrayList<>();
    byEpoch.forEach(
        (epoch, values) -> {
          if (values.size() == curves.size()) {
            double sum = values.stream().mapToDouble(Double::doubleValue).sum();
            mean.add(new Svg.Point(epoch, sum / values.size()));
          }
        });
    return mean;
  }

  private static String line(CurveFrame frame, List<Svg.Point> points, String css) {
    List<Svg.Point> placed =
        points.stream().map(p -> new Svg.Point(frame.x(p.x()), frame.y(p.y()))).toList();
    return Svg.path(Thinning.of(placed), "class", css);
  }

  private static String hits(CurveFrame frame, List<Svg.Point> mean) {
    int every = (mean.size() + HITS - 1) / HITS;
    StringBuilder out = new StringBuilder();
    for (int i = every - 1; i < mean.size(); i += every) {
      Svg.Point p = mean.get(i);
      String tip = "epoch " + Ticks.plain(p.x()) + ": " + frame.show(p.y());
      double left = frame.x(p.x()) - HIT / 2;
      out.append(Svg.titledRect(left, 20, HIT, CurveFrame.HEIGHT - 38, tip, "class", "m hit"));
    }
    return out.toString();
  }
}

package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Fewer points for long lines: of each bucket the lowest and the highest, in their order. */
final class Thinning {
  private static final int MOST = 200;

  private Thinning() {}

  /** At most two hundred points; all of them if there are no more. */
  static List<Svg.Point> of(List<Svg.Point> points) {
    if (points.size() <= MOST) {
      return points;
    }
    int size = (points.size() + MOST / 2 - 1) / (MOST / 2);
    List<Svg.Point> thinned = new ArrayList<>();
    for (int i = 0; i < points.size(); i += size) {
      List<Svg.Point> bucket = points.subList(i, Math.min(i + size, points.size()));
      Comparator<Svg.Point> byHeight = Comparator.comparingDouble(Svg.Point::y);
      Svg.Point low = bucket.stream().min(byHeight).orElseThrow();
      Svg.Point high = bucket.stream().max(byHeight).orElseThrow();
      Svg.Point first = low.x() <= high.x() ? low : high;
      thinned.add(first);
      if (low != high) {
        thinned.add(first == low ? high : low);
      }
    }
    return thinned;
  }
}

package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import limbeck.kd.report.ParetoPoint;

/** The networks that no other one beats in both cost and errors. */
final class Frontier {
  private Frontier() {}

  /** The front, cheapest first. */
  static List<ParetoPoint> of(List<ParetoPoint> points, ToDoubleFunction<ParetoPoint> cost) {
    List<ParetoPoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(cost).thenComparingDouble(ParetoPoint::errors));
    List<ParetoPoint> front = new ArrayList<>();
    for (ParetoPoint p : sorted) {
      if (front.isEmpty() || p.errors() < front.get(front.size() - 1).errors()) {
        front.add(p);
      }
    }
    return front;
  }
}

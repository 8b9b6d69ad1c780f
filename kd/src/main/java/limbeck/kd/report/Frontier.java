package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The networks that no other one beats in both cost and errors, or what they are judged by. */
public final class Frontier {
  private Frontier() {}

  /**
   * Returns the front, cheapest first.
   *
   * @param points all with the cost
   * @param cost what is paid, lower is better
   */
  public static List<ParetoPoint> of(List<ParetoPoint> points, ToDoubleFunction<ParetoPoint> cost) {
    List<ParetoPoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(cost).thenComparingDouble(ParetoPoint::cost));
    List<ParetoPoint> front = new ArrayList<>();
    for (ParetoPoint p : sorted) {
      if (front.isEmpty() || p.cost() < front.get(front.size() - 1).cost()) {
        front.add(p);
      }
    }
    return front;
  }
}

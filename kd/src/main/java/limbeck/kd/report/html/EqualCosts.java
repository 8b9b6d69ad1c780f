package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import limbeck.kd.report.ParetoPoint;

/**
 * Points of equal cost: they stand side by side, so that their marks and whiskers can be told
 * apart. From three on the names of arms stand in a column of their own.
 */
final class EqualCosts {
  private static final double EQUAL = 1.05; // times: nearer ones would lie on one another
  private static final int PITCH = 11;
  private static final int COLUMN = 3;

  private final List<ParetoPoint> points;
  private final double cost;

  private EqualCosts(List<ParetoPoint> points, ToDoubleFunction<ParetoPoint> cost) {
    this.points = List.copyOf(points);
    this.cost = cost.applyAsDouble(points.get(0));
  }

  /** All groups, cheapest first; points that are alone are groups of one. */
  static List<EqualCosts> of(List<ParetoPoint> points, ToDoubleFunction<ParetoPoint> cost) {
    List<ParetoPoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(cost));
    List<EqualCosts> groups = new ArrayList<>();
    List<ParetoPoint> open = new ArrayList<>();
    for (ParetoPoint p : sorted) {
      if (!open.isEmpty() && cost.applyAsDouble(p) > EQUAL * cost.applyAsDouble(open.get(0))) {
        groups.add(new EqualCosts(open, cost));
        open.clear();
      }
      open.add(p);
    }
    groups.add(new EqualCosts(open, cost));
    return groups;
  }

  /** The cost of the group's first. */
  double cost() {
    return cost;
  }

  /** Width of half the group's marks. */
  double half() {
    return (points.size() - 1) * PITCH / 2.0;
  }

  /** How far right of the group's middle a point stands; empty if it is of another group. */
  Optional<Double> offset(ParetoPoint p) {
    int at = points.indexOf(p);
    return at < 0 ? Optional.empty() : Optional.of(at * PITCH - half());
  }

  /** Whether names stand in a column. */
  boolean hasColumn() {
    return named().size() >= COLUMN;
  }

  /** Arms of the run, highest figure first, as they lie from top to bottom. */
  List<ParetoPoint> named() {
    return points.stream()
        .filter(p -> p.arm() != null)
        .sorted(Comparator.comparingDouble(ParetoPoint::value).reversed())
        .toList();
  }
}

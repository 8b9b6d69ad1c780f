package limbeck.kd.report.html;

import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import limbeck.kd.report.ParetoPoint;

/**
 * What a plot of errors is against.
 *
 * @param title its name
 * @param unit what the axis shows
 * @param cost the cost; not finite or not above 0 where it was not measured
 * @param form how a cost is written
 */
record CostAxis(
    String title, String unit, ToDoubleFunction<ParetoPoint> cost, DoubleFunction<String> form) {
  /** Whether a point has the cost. */
  boolean has(ParetoPoint p) {
    double c = cost.applyAsDouble(p);
    return Double.isFinite(c) && c > 0;
  }

  /** The cost of a point as text. */
  String show(ParetoPoint p) {
    return form.apply(cost.applyAsDouble(p));
  }
}

package limbeck.kd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.report.ParetoPoint;
import limbeck.kd.report.Row;

/** What every arm costs to run, against its errors: the points of a Pareto plot. */
final class CostAndErrors {
  private CostAndErrors() {}

  /** One point for each arm that was trained. */
  static List<ParetoPoint> of(Results results, List<Row> rows) {
    List<ParetoPoint> points = new ArrayList<>();
    for (Arm arm : results.experiment().arms()) {
      if (!(arm.derivation() instanceof BiasCorrection)) {
        points.add(point(arm, rows.stream().filter(r -> r.armId().equals(arm.id())).toList()));
      }
    }
    return points;
  }

  private static ParetoPoint point(Arm arm, List<Row> rows) {
    Row row = rows.get(0); // sizes are the same for all seeds
    MeanInterval errors = MeanInterval.of(rows.stream().mapToDouble(Row::errors).toArray());
    List<Double> latencies =
        rows.stream().map(Row::latencyMs).sorted(Comparator.naturalOrder()).toList();
    return new ParetoPoint(
        arm.role(),
        arm.id(),
        arm.label(),
        row.parameters(),
        row.bytes(),
        row.multiplyAdds(),
        latencies.get(latencies.size() / 2),
        errors.mean(),
        errors.hasInterval() ? errors.low() : Double.NaN,
        errors.hasInterval() ? errors.high() : Double.NaN);
  }
}

package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.BiasCorrection;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.recipe.Sweep;
import limbeck.kd.report.FiguresTable;
import limbeck.kd.report.ParetoPoint;
import limbeck.kd.report.Row;

/**
 * What every arm costs to run, against its errors, or its correlation with scores: the points of a
 * Pareto plot.
 */
final class CostAndErrors {
  private CostAndErrors() {}

  /**
   * One point for each arm that is measured by itself: not for specialists, which know some classes
   * only, nor for one network with other biases. Of the arms that a sweep has at other values than
   * its main one there are, as further sizes of the arms of the verdict, those of another size.
   */
  static List<ParetoPoint> of(Results results, List<Row> rows) {
    Experiment e = results.experiment();
    List<Sweep> sweeps = e.recipe().sweeps(e.settings());
    List<ParetoPoint> points = new ArrayList<>();
    for (Arm arm : results.shown()) {
      boolean aside = sweeps.stream().anyMatch(s -> s.aside().contains(arm.id()));
      boolean specialist = arm.start() != null && arm.start().specialist() != null;
      if (!aside && !specialist && !(arm.derivation() instanceof BiasCorrection)) {
        points.add(point(results, arm, arm.id(), arm.label(), of(arm, rows)));
      }
    }
    Comparison headline = results.headline();
    for (Sweep sweep : sweeps) {
      for (String compared : List.of(headline.arm(), headline.baseline())) {
        points.addAll(sizes(sweep, results.arm(compared), results, rows));
      }
    }
    return points;
  }

  private static List<Row> of(Arm arm, List<Row> rows) {
    return rows.stream().filter(r -> r.armId().equals(arm.id())).toList();
  }

  /** Of an arm at the main value of a sweep, those of other values that are of another size. */
  private static List<ParetoPoint> sizes(Sweep sweep, Arm main, Results results, List<Row> rows) {
    List<ParetoPoint> points = new ArrayList<>();
    for (String network : sweep.networks()) {
      if (sweep.arm(network, sweep.main()).equals(main.id())) {
        for (double value : sweep.values()) {
          Arm arm = results.arm(sweep.arm(network, value));
          List<Row> its = of(arm, rows);
          if (its.get(0).bytes() != of(main, rows).get(0).bytes()) {
            points.add(point(results, arm, null, Sweep.text(value), its));
          }
        }
      }
    }
    return points;
  }

  private static ParetoPoint point(
      Results results, Arm arm, String id, String label, List<Row> rows) {
    Row row = rows.get(0); // sizes are the same for all seeds
    Measure measure = results.measure();
    MeanInterval value =
        MeanInterval.of(rows.stream().mapToDouble(r -> r.value(measure)).toArray());
    return new ParetoPoint(
        arm.role(),
        id,
        label,
        row.parameters(),
        row.bytes(),
        row.multiplyAdds(),
        median(rows, Row::latencyMs),
        median(rows, Row::throughput),
        median(rows, Row::throughputOneCore),
        measure,
        value.mean(),
        value.hasInterval() ? value.low() : Double.NaN,
        value.hasInterval() ? value.high() : Double.NaN);
  }

  private static double median(List<Row> rows, ToDoubleFunction<Row> figure) {
    return FiguresTable.median(rows.stream().mapToDouble(figure).toArray());
  }
}

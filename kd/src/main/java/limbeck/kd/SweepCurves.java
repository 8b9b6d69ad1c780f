package limbeck.kd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Sweep;

/**
 * What the networks of a recipe's sweeps came to, as a line for each: errors, or correlation with
 * scores, by value, and for distilled students what they gain over the student alone of the same
 * value, paired by seed.
 */
final class SweepCurves {
  private final Results results;
  private final Sweep sweep;

  private SweepCurves(Results results, Sweep sweep) {
    this.results = results;
    this.sweep = sweep;
  }

  /** One line for each network of each sweep. */
  static List<limbeck.kd.report.Sweep> of(Results results) {
    Experiment e = results.experiment();
    List<limbeck.kd.report.Sweep> lines = new ArrayList<>();
    for (Sweep sweep : e.recipe().sweeps(e.settings())) {
      SweepCurves curves = new SweepCurves(results, sweep);
      sweep.networks().forEach(network -> lines.add(curves.line(network)));
    }
    return lines;
  }

  private limbeck.kd.report.Sweep line(String network) {
    Experiment e = results.experiment();
    return new limbeck.kd.report.Sweep(
        sweep.parameter(),
        sweep.label(),
        sweep.log(),
        sweep.arm(network, sweep.main()),
        name(network),
        results.measure().word(),
        DataSplit.of(e.settings()).readsTest() ? "test" : "validation",
        Double.NaN,
        common(network),
        sweep.values().stream().sorted().map(v -> point(network, v)).toList());
  }

  /** The label that all its arms have without their values; the network's if there is none. */
  private String name(String network) {
    List<String> names =
        sweep.values().stream()
            .map(v -> without(Sweep.text(v), results.arm(sweep.arm(network, v)).label()))
            .distinct()
            .toList();
    return names.size() == 1 && !names.get(0).isEmpty() ? names.get(0) : network;
  }

  private static String without(String value, String label) {
    String number = "(?<![0-9.])" + Pattern.quote(value) + "(?![0-9.])";
    return label.replaceFirst(number, "").replaceAll("[\\s=:,-]+$|^[\\s=:,-]+", "");
  }

  private limbeck.kd.report.Sweep.Point point(String network, double value) {
    Arm arm = results.arm(sweep.arm(network, value));
    MeanInterval mean = MeanInterval.of(results.values(arm.id()));
    Arm baseline = arm.role().equals("distilled") ? alone(value) : null;
    return new limbeck.kd.report.Sweep.Point(
        value,
        arm.id(),
        mean.mean(),
        mean.hasInterval() ? mean.low() : Double.NaN,
        mean.hasInterval() ? mean.high() : Double.NaN,
        baseline == null ? null : gain(arm, baseline));
  }

  private limbeck.kd.report.Sweep.Gain gain(Arm arm, Arm baseline) {
    double[] alone = costs(baseline);
    double[] costs = costs(arm);
    if (costs.length == 1) {
      double gain = alone[0] - costs[0];
      return new limbeck.kd.report.Sweep.Gain(baseline.id(), gain, Double.NaN, Double.NaN);
    }
    PairedInterval gain = PairedInterval.overSeeds(alone, costs);
    return new limbeck.kd.report.Sweep.Gain(baseline.id(), gain.mean(), gain.low(), gain.high());
  }

  private double[] costs(Arm arm) {
    return Arrays.stream(results.values(arm.id())).map(results.measure()::cost).toArray();
  }

  /** The sweep's student alone at a value; without one, that of the recipe, or null. */
  private Arm alone(double value) {
    Arm own = own(value);
    return own == null ? results.student() : own;
  }

  private Arm own(double value) {
    return sweep.networks().stream()
        .map(n -> results.arm(sweep.arm(n, value)))
        .filter(a -> a.role().equals("student"))
        .findFirst()
        .orElse(null);
  }

  /** The student alone that all values are compared with, where it is one of no value. */
  private limbeck.kd.report.Sweep.Baseline common(String network) {
    boolean distilled = results.arm(sweep.arm(network, sweep.main())).role().equals("distilled");
    Arm alone = distilled && own(sweep.main()) == null ? results.student() : null;
    if (alone == null) {
      return null;
    }
    MeanInterval value = MeanInterval.of(results.values(alone.id()));
    return new limbeck.kd.report.Sweep.Baseline(
        alone.id(),
        value.mean(),
        value.hasInterval() ? value.low() : Double.NaN,
        value.hasInterval() ? value.high() : Double.NaN);
  }
}

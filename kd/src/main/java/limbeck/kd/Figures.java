package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Reliability;
import limbeck.kd.recipe.Arm;
import limbeck.kd.report.CalibrationEntry;
import limbeck.kd.report.Confusion;
import limbeck.kd.report.Curve;
import limbeck.kd.train.Trained;

/** What the report draws of arms: curves, confusions, calibration. */
final class Figures {
  private final Results results;
  private final Experiment experiment;

  Figures(Results results) {
    this.results = results;
    this.experiment = results.experiment();
  }

  /** Learning curves of every network that was trained. */
  List<Curve> curves() {
    List<Curve> curves = new ArrayList<>();
    Dataset validation = experiment.validation();
    for (Measured m : results.shown().stream().flatMap(a -> results.of(a).stream()).toList()) {
      Trained t = m.trained();
      if (t.arm().isTrained()) {
        Trained.History h = t.history();
        add(curves, t, "trainLoss", "nats", h.trainLoss(), 1);
        if (validation != null) {
          double percent = 100.0 / validation.size();
          add(curves, t, "validationError", "percent", h.validationErrors(), percent);
          add(curves, t, "validationNll", "nats", h.validationNll(), 1);
        }
      }
    }
    return curves;
  }

  private static void add(
      List<Curve> curves, Trained t, String metric, String unit, double[] values, double factor) {
    if (values.length == 0) {
      return;
    }
    List<Double> epochs = new ArrayList<>();
    List<Double> scaled = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      epochs.add(i + 1.0);
      scaled.add(values[i] * factor);
    }
    curves.add(new Curve(t.arm().id(), t.seed(), metric, unit, epochs, scaled));
  }

  /** Confusion counts of every arm. */
  List<Confusion> confusion() {
    int seeds = experiment.seeds().size();
    return results.shown().stream()
        .map(arm -> Confusion.of(arm.id(), seeds, results.classification(arm)))
        .toList();
  }

  /** Confidence against accuracy of every arm. */
  List<CalibrationEntry> calibration() {
    List<CalibrationEntry> all = new ArrayList<>();
    for (Arm arm : results.shown()) {
      Reliability sum = null;
      for (Measured m : results.of(arm)) {
        Reliability r =
            Calibration.of(m.logits(), results.labels(), results.classes()).reliability();
        sum = sum == null ? r : sum.plus(r);
      }
      all.add(CalibrationEntry.of(arm.id(), experiment.seeds().size(), sum));
    }
    return all;
  }
}

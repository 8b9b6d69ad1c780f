package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Results;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Measure;
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
        String unit = results.measure() == Measure.PEARSON ? "squared" : "nats";
        add(curves, t, "trainLoss", unit, h.trainLoss(), 1);
        if (validation != null) {
          addValidation(curves, t);
        }
      }
    }
    return curves;
  }

  private void addValidation(List<Curve> curves, Trained t) {
    Trained.History h = t.history();
    if (results.measure() == Measure.PEARSON) {
      add(curves, t, "validationPearson", "percent", h.validation(), 100);
      add(curves, t, "validationMse", "squared", h.validationLoss(), 1);
    } else {
      double percent = 100.0 / experiment.validation().size();
      add(curves, t, "validationError", "percent", h.validation(), percent);
      add(curves, t, "validationNll", "nats", h.validationLoss(), 1);
    }
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

  /** Confusion counts of every arm; none where there are no classes. */
  List<Confusion> confusion() {
    if (experiment.evaluation().scored()) {
      return List.of();
    }
    int seeds = experiment.seeds().size();
    return results.shown().stream()
        .map(arm -> Confusion.of(arm.id(), seeds, results.classification(arm)))
        .toList();
  }

  /** Confidence against accuracy of every arm; none where there are no classes. */
  List<CalibrationEntry> calibration() {
    if (experiment.evaluation().scored()) {
      return List.of();
    }
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

package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Tracer;
import limbeck.engine.io.WeightHash;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.DType;
import limbeck.kd.data.Dataset;
import limbeck.kd.measure.Measured;
import limbeck.kd.measure.Speed;
import limbeck.kd.metric.Agreement;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.metric.Reliability;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Distillation;
import limbeck.kd.recipe.Recipe.Comparison;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.CalibrationEntry;
import limbeck.kd.report.Confusion;
import limbeck.kd.report.Cost;
import limbeck.kd.report.Curve;
import limbeck.kd.report.DataSummary;
import limbeck.kd.report.Environment;
import limbeck.kd.report.LimbeckVersion;
import limbeck.kd.report.RecipeSummary;
import limbeck.kd.report.Row;
import limbeck.kd.report.RowBuilder;
import limbeck.kd.report.Run;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.VerdictRecord;
import limbeck.kd.train.Trained;

/** Turns finished, measured networks into the record of a run. */
final class Reporting {
  private final Experiment experiment;
  private final List<Measured> measured;
  private final Environment environment;
  private final int[] labels;
  private final int classes;

  Reporting(Experiment experiment, List<Measured> measured, Environment environment) {
    this.experiment = experiment;
    this.measured = measured;
    this.environment = environment;
    this.labels = experiment.evaluation().labels();
    this.classes = experiment.evaluation().classes();
  }

  RunReport report(Run run) {
    List<VerdictRecord> verdicts = new ArrayList<>();
    for (Comparison c : experiment.recipe().comparisons(experiment.settings())) {
      verdicts.add(verdict(c));
    }
    return RunReport.of(
            LimbeckVersion.current(), run, data(), recipe(), rows(), verdicts.get(0), environment)
        .arms(experiment.arms().stream().map(this::arm).toList())
        .comparisons(verdicts.subList(1, verdicts.size()))
        .curves(curves())
        .confusion(confusion())
        .calibration(calibration())
        .cost(cost())
        .build();
  }

  private DataSummary data() {
    Dataset test = experiment.evaluation();
    boolean held = experiment.validation() != null;
    String split =
        held
            ? "results are on the last "
                + test.size()
                + " training examples, held out from everything; the test set was not read"
            : "results are on the test set, read once, at the end; nothing was chosen on it";
    return new DataSummary(
        experiment.train().name(),
        experiment.train().digest(),
        "image",
        test.classNames(),
        experiment.train().size(),
        held ? test.size() : 0,
        held ? 0 : test.size(),
        split);
  }

  private RecipeSummary recipe() {
    Settings s = experiment.settings();
    Map<String, Object> conventions = new LinkedHashMap<>();
    Distillation d =
        experiment.arms().stream()
            .map(Arm::distillation)
            .filter(x -> x != null)
            .findFirst()
            .orElse(null);
    if (d != null) {
      conventions.put("hardWeight", d.hardWeight());
      conventions.put("softWeight", d.softWeight());
      conventions.put("temperature", d.temperature());
      conventions.put("temperatureSquared", d.temperatureSquared());
      conventions.put("reduction", Distillation.name(d.reduction()));
      conventions.put("direction", d.reverse() ? "KL(student ‖ teacher)" : "KL(teacher ‖ student)");
    }
    conventions.put("detached", "teacher: evaluation mode, no gradient");
    conventions.put(
        "view", "the teacher's logits are for the same un-augmented inputs that the student sees");
    conventions.put(
        "selection", "none: the networks after the last epoch; epochs were fixed before the run");
    conventions.put(
        "baseline",
        "same network, seed, initial weights, data order, epochs and schedule, labels alone");
    experiment.arms().stream()
        .filter(a -> a.role().equals("student"))
        .findFirst()
        .ifPresent(a -> conventions.put("optimizer", a.training().describe()));
    s.values().forEach((key, value) -> conventions.putIfAbsent(key, value));
    return new RecipeSummary(
        experiment.recipe().name(),
        experiment.recipe().paper(),
        d == null ? Double.NaN : d.temperature(),
        conventions);
  }

  private limbeck.kd.report.Arm arm(Arm a) {
    StringBuilder method = new StringBuilder();
    Distillation d = a.distillation();
    if (d == null) {
      method.append("hard labels");
    } else if (d.method().equals("logit-matching")) {
      method.append("logit matching with ").append(a.taughtBy());
    } else {
      method
          .append("soft targets of ")
          .append(a.taughtBy())
          .append(", T = ")
          .append(d.temperature());
    }
    if (!a.training().regularisation().isEmpty()) {
      method.append(", ").append(a.training().regularisation());
    }
    if (!a.transfer().classes().isEmpty()) {
      method.append(", only classes ").append(a.transfer().classes());
    }
    if (a.correction() != null) {
      method
          .append(", biases of ")
          .append(a.correction().classes())
          .append(" corrected on held-out training examples");
    }
    String network = new limbeck.kd.vision.Mlp(a.widths()).name();
    return new limbeck.kd.report.Arm(
        a.id(), a.role(), a.label(), a.name(), network, method.toString());
  }

  private List<Row> rows() {
    Map<String, Speed> speeds = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Measured m : measured) {
      Trained t = m.trained();
      Program program = Tracer.trace(t.network(), DType.F32, experiment.train().example());
      Speed speed = speeds.computeIfAbsent(t.network().name(), n -> Speed.of(program));
      RowBuilder row =
          Row.of(t.arm().role(), t.seed())
              .arm(t.arm().id())
              .classification(Classification.of(m.logits(), labels, classes))
              .calibration(Calibration.of(m.logits(), labels, classes))
              .size(t.network().parameters().count(), program.bytes(), t.network().multiplyAdds())
              .speed(speed.latencyMs(), speed.throughput())
              .weights(WeightHash.of(t.network().state()));
      Measured teacher = teacherOf(m);
      if (teacher != null) {
        row.agreement(Agreement.of(teacher.logits(), m.logits(), classes));
      }
      if (t.arm().correction() != null) {
        row.figure("biasOffset", t.history().offset());
      }
      rows.add(row.build());
    }
    return rows;
  }

  /**
   * The network that teaches this one; for those without, the recipe's first teacher of the same
   * seed.
   */
  private Measured teacherOf(Measured m) {
    Arm arm = m.trained().arm();
    String id = arm.taughtBy();
    if (id == null) {
      id =
          arm.role().equals("teacher")
              ? arm.id()
              : experiment.arms().stream()
                  .filter(a -> a.role().equals("teacher"))
                  .map(Arm::id)
                  .findFirst()
                  .orElse(null);
    }
    return id == null ? null : Measured.of(id, m.trained().seed(), measured);
  }

  private VerdictRecord verdict(Comparison c) {
    List<Long> seeds = experiment.seeds();
    PairedInterval interval;
    if (seeds.size() == 1) {
      interval =
          McNemar.of(
                  Measured.of(c.arm(), seeds.get(0), measured).logits(),
                  Measured.of(c.baseline(), seeds.get(0), measured).logits(),
                  labels,
                  classes)
              .interval();
    } else {
      interval = PairedInterval.overSeeds(errors(c.arm()), errors(c.baseline()));
    }
    return VerdictRecord.of(c.arm(), c.baseline(), "errors", true, c.claim(), interval, 0);
  }

  private double[] errors(String arm) {
    return experiment.seeds().stream()
        .mapToDouble(
            s ->
                Classification.of(Measured.of(arm, s, measured).logits(), labels, classes).errors())
        .toArray();
  }

  private List<Curve> curves() {
    List<Curve> curves = new ArrayList<>();
    int held = experiment.validation() == null ? 0 : experiment.validation().size();
    for (Measured m : measured) {
      Trained t = m.trained();
      Trained.History h = t.history();
      if (t.arm().correction() == null) {
        addCurve(curves, t, "trainLoss", "nats", h.trainLoss(), 1);
        addCurve(curves, t, "validationError", "percent", h.validationErrors(), 100.0 / held);
        addCurve(curves, t, "validationNll", "nats", h.validationNll(), 1);
      }
    }
    return curves;
  }

  private static void addCurve(
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

  private List<Confusion> confusion() {
    List<Confusion> all = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      Classification sum = null;
      for (Measured m : of(arm)) {
        Classification c = Classification.of(m.logits(), labels, classes);
        sum = sum == null ? c : sum.plus(c);
      }
      all.add(Confusion.of(arm.id(), experiment.seeds().size(), sum));
    }
    return all;
  }

  private List<CalibrationEntry> calibration() {
    List<CalibrationEntry> all = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      Reliability sum = null;
      for (Measured m : of(arm)) {
        Reliability r = Calibration.of(m.logits(), labels, classes).reliability();
        sum = sum == null ? r : sum.plus(r);
      }
      all.add(CalibrationEntry.of(arm.id(), experiment.seeds().size(), sum));
    }
    return all;
  }

  private List<Measured> of(Arm arm) {
    return measured.stream().filter(m -> m.trained().arm().id().equals(arm.id())).toList();
  }

  private List<Cost> cost() {
    List<Cost> all = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      double seconds =
          of(arm).stream().mapToDouble(m -> m.trained().history().seconds()).average().orElse(0);
      if (arm.correction() == null) {
        long forwards =
            arm.taughtBy() == null || !arm.distillation().asksTeacher()
                ? 0
                : experiment.shown(arm).size();
        all.add(
            new Cost(
                "training " + arm.name(),
                arm.id(),
                arm.training().epochs(),
                seconds,
                Double.NaN,
                forwards,
                -1,
                arm.role().equals("teacher")));
      }
    }
    return all;
  }
}

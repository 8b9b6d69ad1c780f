package limbeck.kd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Sha256;
import limbeck.kd.data.Dataset;
import limbeck.kd.measure.ConfusablePairs;
import limbeck.kd.measure.Gallery;
import limbeck.kd.measure.Results;
import limbeck.kd.measure.TemperatureSweep;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.report.DataSummary;
import limbeck.kd.report.Environment;
import limbeck.kd.report.LimbeckVersion;
import limbeck.kd.report.RecipeSummary;
import limbeck.kd.report.Row;
import limbeck.kd.report.Run;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.VerdictRecord;
import limbeck.kd.train.Spent;

/** Turns finished, measured networks into the record of a run. */
final class Reporting {
  private final Results results;
  private final Map<String, Spent> kept;
  private final Experiment experiment;

  /**
   * Reports results.
   *
   * @param kept what it took to keep what networks say
   */
  Reporting(Results results, Map<String, Spent> kept) {
    this.results = results;
    this.kept = kept;
    this.experiment = results.experiment();
  }

  RunReport report(Run run, Environment environment) {
    List<VerdictRecord> verdicts = Verdicts.of(results);
    Figures figures = new Figures(results);
    List<Row> rows = ResultRows.of(results);
    return RunReport.of(
            LimbeckVersion.current(), run, data(), recipe(), rows, verdicts.get(0), environment)
        .arms(results.shown().stream().map(this::arm).toList())
        .comparisons(verdicts.subList(1, verdicts.size()))
        .pareto(CostAndErrors.of(results, rows))
        .curves(figures.curves())
        .confusion(figures.confusion())
        .pairs(ConfusablePairs.of(results))
        .calibration(figures.calibration())
        .examples(Gallery.of(results))
        .temperatureSweep(TemperatureSweep.of(results))
        .cost(Costs.of(results, kept))
        .paths(Pathway.of(results))
        .sweeps(SweepCurves.of(results))
        .study(StudyAnswers.of(results))
        .build();
  }

  private DataSummary data() {
    Dataset test = experiment.evaluation();
    DataSplit split = DataSplit.of(experiment.settings());
    return new DataSummary(
        experiment.train().name(),
        digest(experiment.train(), test),
        results.experiment().train().kind(),
        test.classNames(),
        experiment.train().size(),
        split.validation(),
        split.readsTest() ? test.size() : 0,
        split.describe(new Conventions(results).chooses(), test.scored()));
  }

  /** Of all that the figures depend on: what was trained on, and what they were measured on. */
  private static String digest(Dataset train, Dataset evaluation) {
    String both = train.digest() + "\n" + evaluation.digest() + "\n";
    return Sha256.hex(both.getBytes(StandardCharsets.UTF_8));
  }

  private RecipeSummary recipe() {
    return new RecipeSummary(
        experiment.recipe().name(),
        experiment.recipe().paper(),
        results.origin(results.headlineArm()).temperature(),
        new Conventions(results).all());
  }

  /** One chosen among others was taught by who taught the one that was chosen most often. */
  private limbeck.kd.report.Arm arm(Arm a) {
    String network = a.network().architecture().name();
    List<String> taughtBy = results.origin(a).teachers();
    return new limbeck.kd.report.Arm(
        a.id(),
        a.role(),
        a.label(),
        a.name(),
        network,
        Conventions.method(a, results.measure()),
        taughtBy);
  }
}

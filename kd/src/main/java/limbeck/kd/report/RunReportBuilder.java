package limbeck.kd.report;

import java.util.List;

/** Collects the optional parts of a {@link RunReport}; what is not given stays empty. */
public final class RunReportBuilder {
  private final LimbeckVersion limbeck;
  private final Run run;
  private final DataSummary data;
  private final RecipeSummary recipe;
  private final List<Row> rows;
  private final VerdictRecord verdict;
  private final Environment environment;
  private boolean sample;
  private Paths paths = Paths.NONE;
  private List<Arm> arms = List.of();
  private List<VerdictRecord> comparisons = List.of();
  private List<Curve> curves = List.of();
  private List<Confusion> confusion = List.of();
  private List<ConfusablePair> pairs = List.of();
  private List<CalibrationEntry> calibration = List.of();
  private List<Example> examples = List.of();
  private List<TemperaturePoint> temperatureSweep = List.of();
  private List<ParetoPoint> pareto = List.of();
  private List<Sweep> sweeps = List.of();
  private Study study = Study.NONE;
  private List<Cost> cost = List.of();

  RunReportBuilder(
      LimbeckVersion limbeck,
      Run run,
      DataSummary data,
      RecipeSummary recipe,
      List<Row> rows,
      VerdictRecord verdict,
      Environment environment) {
    this.limbeck = limbeck;
    this.run = run;
    this.data = data;
    this.recipe = recipe;
    this.rows = rows;
    this.verdict = verdict;
    this.environment = environment;
  }

  /** Marks the data as made up. */
  public RunReportBuilder sample(boolean madeUp) {
    sample = madeUp;
    return this;
  }

  /** Sets the way from the teacher to the student. */
  public RunReportBuilder paths(Paths way) {
    paths = way;
    return this;
  }

  /** Sets the arms, needed where a role has several. */
  public RunReportBuilder arms(List<Arm> values) {
    arms = values;
    return this;
  }

  /** Sets further comparisons, the one against the teacher last. */
  public RunReportBuilder comparisons(List<VerdictRecord> values) {
    comparisons = values;
    return this;
  }

  /** Sets learning curves. */
  public RunReportBuilder curves(List<Curve> values) {
    curves = values;
    return this;
  }

  /** Sets confusion counts. */
  public RunReportBuilder confusion(List<Confusion> values) {
    confusion = values;
    return this;
  }

  /** Sets confusable pairs. */
  public RunReportBuilder pairs(List<ConfusablePair> values) {
    pairs = values;
    return this;
  }

  /** Sets confidence against accuracy. */
  public RunReportBuilder calibration(List<CalibrationEntry> values) {
    calibration = values;
    return this;
  }

  /** Sets test examples to show. */
  public RunReportBuilder examples(List<Example> values) {
    examples = values;
    return this;
  }

  /** Sets entropy and divergence by temperature. */
  public RunReportBuilder temperatureSweep(List<TemperaturePoint> values) {
    temperatureSweep = values;
    return this;
  }

  /** Sets cost against errors. */
  public RunReportBuilder pareto(List<ParetoPoint> values) {
    pareto = values;
    return this;
  }

  /** Sets values that were tried. */
  public RunReportBuilder sweeps(List<Sweep> values) {
    sweeps = values;
    return this;
  }

  /** Sets kinds of students and of knowledge that are compared. */
  public RunReportBuilder study(Study value) {
    study = value;
    return this;
  }

  /** Sets cost by stage. */
  public RunReportBuilder cost(List<Cost> values) {
    cost = values;
    return this;
  }

  /**
   * Returns the report.
   *
   * @throws IllegalArgumentException if verdicts, arms and rows do not fit together
   */
  public RunReport build() {
    return new RunReport(
        sample,
        limbeck,
        run,
        data,
        recipe,
        arms,
        rows,
        verdict,
        comparisons,
        curves,
        confusion,
        pairs,
        calibration,
        examples,
        temperatureSweep,
        pareto,
        paths,
        sweeps,
        study,
        cost,
        environment);
  }
}

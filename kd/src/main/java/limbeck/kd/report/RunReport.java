package limbeck.kd.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import limbeck.kd.metric.Measure;

/**
 * The record of a run: everything that its reports are drawn from.
 *
 * <p>Lists of optional parts may be empty. Rows are put in order: by role, within one role the
 * verdict's arm first, within one arm by the order of the run's seeds.
 *
 * @param sample true only for made-up data, which reports then say
 * @param limbeck which Limbeck made the run
 * @param run what was run, when, and how to run it again
 * @param data its data
 * @param recipe its recipe with all conventions
 * @param arms its arms; may be empty where every role has one arm
 * @param rows one per arm and seed, at least one
 * @param verdict the main comparison
 * @param comparisons further comparisons, the one against the teacher last
 * @param curves learning curves
 * @param confusion confusion counts
 * @param pairs confusable pairs
 * @param calibration confidence against accuracy
 * @param examples test examples to show
 * @param temperatureSweep entropy and divergence by temperature
 * @param pareto cost against errors
 * @param paths the way from the teacher to the student
 * @param sweeps arms at each value of a parameter that was tried
 * @param study kinds of students and of knowledge that are compared
 * @param cost cost by stage
 * @param environment where the run took place
 */
public record RunReport(
    boolean sample,
    LimbeckVersion limbeck,
    Run run,
    DataSummary data,
    RecipeSummary recipe,
    List<Arm> arms,
    List<Row> rows,
    VerdictRecord verdict,
    List<VerdictRecord> comparisons,
    List<Curve> curves,
    List<Confusion> confusion,
    List<ConfusablePair> pairs,
    List<CalibrationEntry> calibration,
    List<Example> examples,
    List<TemperaturePoint> temperatureSweep,
    List<ParetoPoint> pareto,
    Paths paths,
    List<Sweep> sweeps,
    Study study,
    List<Cost> cost,
    Environment environment) {

  /**
   * Copies the lists, orders the rows and checks that verdicts and rows fit together.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public RunReport {
    Objects.requireNonNull(limbeck, "limbeck");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(environment, "environment");
    arms = List.copyOf(arms);
    rows = RowOrder.sorted(rows, arms, verdict.arm(), run.seeds());
    comparisons = List.copyOf(comparisons);
    curves = List.copyOf(curves);
    confusion = List.copyOf(confusion);
    pairs = List.copyOf(pairs);
    calibration = List.copyOf(calibration);
    examples = List.copyOf(examples);
    temperatureSweep = List.copyOf(temperatureSweep);
    pareto = List.copyOf(pareto);
    sweeps = List.copyOf(sweeps);
    cost = List.copyOf(cost);
    List<Row> all = rows;
    arms.forEach(arm -> requireRows(all, arm.id(), "arms"));
    sweeps.forEach(sweep -> requireRows(all, sweep));
    study.cells().forEach(cell -> requireRows(all, cell.arm(), "study"));
    study.gains().forEach(gain -> requireFitting(all, run, gain, "study"));
    requireArms(rows, arms);
    requireFitting(rows, run, verdict, "verdict");
    comparisons.forEach(c -> requireFitting(all, run, c, "comparisons"));
  }

  private static void requireRows(List<Row> rows, String arm, String where) {
    if (rows.stream().noneMatch(row -> row.armId().equals(arm))) {
      throw new IllegalArgumentException(where + ": there are no rows of the arm " + arm);
    }
  }

  private static void requireRows(List<Row> rows, Sweep sweep) {
    requireRows(rows, sweep.arm(), "sweeps");
    if (sweep.baseline() != null) {
      requireRows(rows, sweep.baseline().arm(), "sweeps");
    }
    for (Sweep.Point point : sweep.points()) {
      if (point.arm() != null) {
        requireRows(rows, point.arm(), "sweeps");
      }
      if (point.gain() != null) {
        requireRows(rows, point.gain().baseline(), "sweeps");
      }
    }
  }

  private static void requireArms(List<Row> rows, List<Arm> arms) {
    for (Row row : rows) {
      if (!arms.isEmpty() && arms.stream().noneMatch(arm -> arm.id().equals(row.armId()))) {
        throw new IllegalArgumentException("rows: the arm " + row.armId() + " is not among arms");
      }
    }
  }

  private static void requireFitting(List<Row> rows, Run run, VerdictRecord v, String where) {
    requireRows(rows, v.arm(), where);
    requireRows(rows, v.baseline(), where);
    if (v.overSeeds() && v.differences().size() != run.seeds().size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d differences for %d seeds",
              where,
              v.differences().size(),
              run.seeds().size()));
    }
  }

  /** Returns the arms, made up from the roles of the rows where the record has none. */
  public List<Arm> allArms() {
    if (!arms.isEmpty()) {
      return arms;
    }
    List<Arm> made = new ArrayList<>();
    for (Row row : rows) {
      if (made.stream().noneMatch(arm -> arm.id().equals(row.armId()))) {
        Arm ofRole = Arm.ofRole(row.role());
        String label = row.armId().equals(row.role()) ? ofRole.label() : row.armId();
        made.add(new Arm(row.armId(), row.role(), label, ofRole.name(), null, null));
      }
    }
    return made;
  }

  /**
   * Returns the arms that figures of single networks show: all but those that a sweep has at other
   * values than its main one.
   */
  public List<Arm> shownArms() {
    return allArms().stream().filter(arm -> isShown(arm.id())).toList();
  }

  /** Returns whether an arm is among {@link #shownArms}. */
  public boolean isShown(String arm) {
    boolean main = sweeps.stream().anyMatch(s -> s.arm().equals(arm));
    return main
        || sweeps.stream().flatMap(s -> s.points().stream()).noneMatch(p -> arm.equals(p.arm()));
  }

  /** Returns the comparisons of arms that are shown, after the main one. */
  public List<VerdictRecord> shownComparisons() {
    return comparisons.stream().filter(c -> isShown(c.arm()) && isShown(c.baseline())).toList();
  }

  /** Returns the cost of arms that are shown, and of what serves no single arm. */
  public List<Cost> shownCost() {
    return cost.stream().filter(c -> c.arm() == null || isShown(c.arm())).toList();
  }

  /**
   * Returns the arm of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Arm arm(String id) {
    return allArms().stream()
        .filter(arm -> arm.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no arm " + id));
  }

  /** Returns the arm that taught an arm last, as far as the record says. */
  public Optional<Arm> teacherOf(Arm arm) {
    List<String> teachers =
        arm.taughtBy().isEmpty()
            ? paths.chain().stream()
                .filter(hop -> hop.arm().equals(arm.id()))
                .flatMap(hop -> hop.taughtBy().stream())
                .toList()
            : arm.taughtBy();
    return teachers.isEmpty()
        ? Optional.empty()
        : allArms().stream()
            .filter(a -> a.id().equals(teachers.get(teachers.size() - 1)))
            .findFirst();
  }

  /**
   * Returns the arm at the beginning of the chain that led to the verdict's arm, which agreement is
   * with; where nobody taught that, the first teacher; empty without one.
   */
  public Optional<Arm> rootTeacher() {
    Arm first = arm(verdict.arm());
    Set<Arm> seen = new HashSet<>(); // records are data: they may go in a circle
    for (Optional<Arm> t = teacherOf(first); t.isPresent() && seen.add(first); ) {
      first = t.get();
      t = teacherOf(first);
    }
    return seen.isEmpty()
        ? shownArms().stream().filter(a -> a.role().equals("teacher")).findFirst()
        : Optional.of(first);
  }

  /**
   * Returns the ids of all arms that an arm learned from; all arms where the record has no chain.
   */
  Set<String> sourcesOf(Arm arm) {
    Set<String> sources = new LinkedHashSet<>();
    List<Arm> open = new ArrayList<>(List.of(arm));
    while (!open.isEmpty()) {
      for (String id : open.remove(0).taughtBy()) {
        if (sources.add(id)) {
          allArms().stream().filter(a -> a.id().equals(id)).forEach(open::add);
        }
      }
    }
    if (allArms().stream().allMatch(a -> a.taughtBy().isEmpty())) {
      allArms().forEach(a -> sources.add(a.id()));
    }
    return sources;
  }

  /** Returns the rows of an arm, in the order of the run's seeds. */
  public List<Row> rowsOf(String arm) {
    return rows.stream().filter(row -> row.armId().equals(arm)).toList();
  }

  /** Returns the confusions of an arm; empty if there are none, or not of these classes. */
  public Optional<Confusion> confusionOf(String arm) {
    int classes = data.classes().size();
    return confusion.stream()
        .filter(c -> c.arm().equals(arm) && c.counts().size() == classes)
        .filter(c -> c.counts().stream().allMatch(row -> row.size() == classes))
        .findFirst();
  }

  /** Returns what networks are judged by: the verdict's measure; errors where it is another one. */
  public Measure measure() {
    return Measure.of(verdict.metric());
  }

  /** Returns the main comparison and all others after it. */
  public List<VerdictRecord> allComparisons() {
    List<VerdictRecord> all = new ArrayList<>(List.of(verdict));
    all.addAll(comparisons);
    return all;
  }

  /** Starts a report from the parts that every report has. */
  public static RunReportBuilder of(
      LimbeckVersion limbeck,
      Run run,
      DataSummary data,
      RecipeSummary recipe,
      List<Row> rows,
      VerdictRecord verdict,
      Environment environment) {
    return new RunReportBuilder(limbeck, run, data, recipe, rows, verdict, environment);
  }
}

package limbeck.kd.report.html;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.report.Arm;
import limbeck.kd.report.MeasureFormat;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.VerdictRecord;

/** A report as its sections ask for it: arms, the two that the verdict is about, their figures. */
record RunView(RunReport report) {
  /** The arms that figures of single networks show. */
  List<Arm> arms() {
    return report.shownArms();
  }

  /** The arm that the verdict is about. */
  Arm main() {
    return report.arm(report.verdict().arm());
  }

  /** The arm that it is compared with. */
  Arm baseline() {
    return report.arm(report.verdict().baseline());
  }

  /** The arm at the beginning of the chain, which agreement is with. */
  Optional<Arm> teacher() {
    return report.rootTeacher();
  }

  /**
   * The arm that the verdict's record means by a role: {@code teacher} is the first of the chain,
   * {@code assistant} the one who taught the student.
   */
  Optional<Arm> ofRole(String role) {
    return switch (role) {
      case "teacher" -> teacher();
      case "assistant" -> report.teacherOf(main());
      case "distilled" -> Optional.of(main());
      default ->
          baseline().role().equals(role)
              ? Optional.of(baseline())
              : arms().stream().filter(arm -> arm.role().equals(role)).findFirst();
    };
  }

  /** The label of {@link #ofRole}. */
  String labelOf(String role) {
    return ofRole(role).map(Arm::label).orElse(role);
  }

  /** The look of {@link #ofRole}. */
  Look lookOf(String role) {
    return ofRole(role).map(this::look).orElse(Look.ofRole(role));
  }

  /**
   * The roles that figures speak of, each arm once: a student who teaches itself is no teacher
   * beside it.
   */
  List<String> rolesIn(Map<String, ?> figures) {
    boolean itself = teacher().isPresent() && teacher().equals(ofRole("student"));
    return Stream.of("teacher", "assistant", "student", "distilled")
        .filter(figures::containsKey)
        .filter(role -> !(role.equals("teacher") && itself && figures.containsKey("student")))
        .toList();
  }

  /** Whether the verdict is about a distilled student and the same one alone. */
  boolean isDistillation() {
    return main().role().equals("distilled") && baseline().role().equals("student");
  }

  Look look(Arm arm) {
    return Look.of(arm, report.verdict().arm());
  }

  Look look(String arm) {
    return look(report.arm(arm));
  }

  String label(String arm) {
    return report.arm(arm).label();
  }

  /** The name of an arm where comparisons are listed. */
  String shortName(String arm) {
    return switch (report.arm(arm).role()) {
      case "teacher", "student" -> only(report.arm(arm)) ? usual(arm) : label(arm);
      default -> label(arm);
    };
  }

  private boolean only(Arm arm) {
    return arms().stream().filter(other -> other.role().equals(arm.role())).count() == 1;
  }

  private String usual(String arm) {
    return report.arm(arm).role().equals("teacher") ? "teacher" : "alone";
  }

  /** "distilled − alone". */
  String pair(VerdictRecord c) {
    return shortName(c.arm()) + " \u2212 " + shortName(c.baseline());
  }

  List<Row> rows(Arm arm) {
    return report.rowsOf(arm.id());
  }

  /** A figure of an arm, seed by seed, where it was measured. */
  double[] values(Arm arm, ToDoubleFunction<Row> figure) {
    return rows(arm).stream().mapToDouble(figure).filter(Double::isFinite).toArray();
  }

  /** How the figures that decide are written. */
  MeasureFormat format() {
    return MeasureFormat.of(report);
  }

  /** What an arm is judged by, seed by seed, where it was measured. */
  double[] figures(Arm arm) {
    return values(arm, row -> row.value(report.measure()));
  }

  /** The same as costs: the lower, the better. */
  double[] costs(Arm arm) {
    return Arrays.stream(figures(arm)).map(report.measure()::cost).toArray();
  }

  /** The mean of what an arm is judged by; empty where it was not measured. */
  Optional<MeanInterval> meanFigure(Arm arm) {
    double[] figures = figures(arm);
    return figures.length == 0 ? Optional.empty() : Optional.of(MeanInterval.of(figures));
  }

  /** What an arm is judged by, at a seed; NaN where it was not measured. */
  double figure(Arm arm, long seed) {
    return rows(arm).stream()
        .filter(row -> row.seed() == seed)
        .mapToDouble(row -> row.value(report.measure()))
        .filter(Double::isFinite)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Decimals of a mean of counts: a count itself has none. */
  int places() {
    return report.run().seeds().size() > 1 ? 1 : 0;
  }

  String mean(double figure) {
    return format().mean(figure, places());
  }

  /** "test errors", or those of the part that results are on; or another measure. */
  String figureName() {
    return format().noun();
  }

  /** Over how many seeds: "five seeds". */
  String seeds() {
    return NumberFormats.plural(report.run().seeds().size(), "seed");
  }
}

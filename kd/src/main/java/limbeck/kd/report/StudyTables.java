package limbeck.kd.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Verdict;

/** The three questions of a study with their answers, each as a sentence and a table. */
public final class StudyTables {

  private static final double MILLIS = 1e3;

  /** What a network costs; lower is better. */
  private record Cost(String name, ToDoubleFunction<ParetoPoint> of) {}

  private static final List<Cost> COSTS =
      List.of(
          new Cost("parameters", ParetoPoint::parameters),
          new Cost("bytes", ParetoPoint::bytes),
          new Cost("latency", ParetoPoint::latencyMs),
          new Cost("one core", p -> MILLIS / p.throughputOneCore()),
          new Cost("all cores", p -> MILLIS / p.throughput()));

  private final RunReport report;
  private final Study study;
  private final MeasureFormat format;

  /**
   * A question with its answer.
   *
   * @param question as a question
   * @param finding in a sentence
   * @param table behind it, heads first
   */
  public record Part(String question, String finding, List<List<String>> table) {
    /** Copies the table. */
    public Part {
      table = List.copyOf(table);
    }
  }

  /** The tables of a report of a study. */
  public StudyTables(RunReport report) {
    this.report = report;
    this.study = report.study();
    this.format = MeasureFormat.of(report);
  }

  /** Returns how the tables are to be read. */
  public String note() {
    return Sentences.capital(format.word())
        + " are means over seeds with 95 % intervals; gains are paired by seed, against the same"
        + " student that learnt from "
        + targets()
        + ". On the front of a cost are the networks that none of at most that cost beats in mean "
        + format.gap()
        + "; intervals may overlap.";
  }

  private String targets() {
    return format.measure() == Measure.ERRORS ? "labels" : "scores";
  }

  /** Returns the three questions. */
  public List<Part> parts() {
    return List.of(
        new Part("Which student?", student(), students()),
        new Part("Which knowledge?", knowledge(), gains()),
        new Part("Which balance?", balance(), costs()));
  }

  private MeanInterval figure(Study.Cell cell) {
    return MeanInterval.of(
        report.rowsOf(cell.arm()).stream()
            .mapToDouble(row -> row.value(format.measure()))
            .toArray());
  }

  private double cost(Study.Cell cell) {
    return format.measure().cost(figure(cell).mean());
  }

  private Study.Cell best(Study.Student student) {
    return student.cells().stream().min(Comparator.comparingDouble(this::cost)).orElseThrow();
  }

  private List<Study.Student> ranked() {
    return study.students().stream()
        .sorted(Comparator.comparingDouble(s -> cost(best(s))))
        .toList();
  }

  private String student() {
    List<Study.Student> ranked = ranked();
    List<String> said = new ArrayList<>();
    for (Study.Student s : ranked) {
      said.add(s.name() + " " + shown(figure(best(s))) + " (" + best(s).knowledge() + ")");
    }
    return "By "
        + (format.measure() == Measure.ERRORS ? "fewest errors" : "highest correlation")
        + ", each with the knowledge that served it best: "
        + Sentences.list(said)
        + ".";
  }

  private List<List<String>> students() {
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("student"));
    heads.addAll(study.knowledge());
    lines.add(heads);
    for (Study.Student s : ranked()) {
      List<String> line = new ArrayList<>(List.of(s.name()));
      for (String knowledge : study.knowledge()) {
        line.add(
            s.cells().stream()
                .filter(c -> c.knowledge().equals(knowledge))
                .map(c -> shown(figure(c)))
                .findFirst()
                .orElse(NumberFormats.MISSING));
      }
      lines.add(line);
    }
    return lines;
  }

  private String knowledge() {
    List<String> said = new ArrayList<>();
    for (String knowledge : study.knowledge()) {
      List<VerdictRecord> all =
          study.cells().stream()
              .filter(c -> c.knowledge().equals(knowledge) && c.gain() != null)
              .map(Study.Cell::gain)
              .toList();
      if (!all.isEmpty()) {
        said.add(knowledge + " " + count(all, Verdict.BEATS) + " of " + all.size() + harms(all));
      }
    }
    return "Beyond the interval, better than "
        + targets()
        + " alone: "
        + Sentences.list(said)
        + ".";
  }

  private static long count(List<VerdictRecord> all, Verdict verdict) {
    return all.stream().filter(v -> v.label() == verdict).count();
  }

  /** Wholly on the side that is worse. */
  private static String harms(List<VerdictRecord> all) {
    long worse = all.stream().filter(v -> v.lowerIsBetter() ? v.low() > 0 : v.high() < 0).count();
    return worse == 0 ? "" : " (" + worse + " worse)";
  }

  private List<List<String>> gains() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "student", "knowledge", format.word() + " − " + targets(), "95 % interval", "verdict"));
    for (Study.Student s : study.students()) {
      for (Study.Cell c : s.cells()) {
        if (c.gain() != null) {
          lines.add(
              List.of(
                  s.name(),
                  c.knowledge(),
                  format.signedMean(c.gain().mean()),
                  format.interval(c.gain().low(), c.gain().high()),
                  c.gain().label().label()));
        }
      }
    }
    return lines;
  }

  /** The points of the study and of the teachers, which show what there is to lose. */
  private List<ParetoPoint> points() {
    List<String> arms = study.cells().stream().map(Study.Cell::arm).toList();
    return report.pareto().stream()
        .filter(p -> arms.contains(p.arm()) || p.role().equals("teacher"))
        .toList();
  }

  private List<ParetoPoint> front(Cost cost) {
    return Frontier.of(
        points().stream().filter(p -> cost.of().applyAsDouble(p) > 0).toList(), cost.of());
  }

  private String balance() {
    List<String> every =
        points().stream()
            .filter(p -> COSTS.stream().allMatch(c -> front(c).contains(p)))
            .map(this::name)
            .toList();
    return every.isEmpty()
        ? "No network is on the front of every cost; the table says which is on which."
        : "On the front of every cost: " + Sentences.list(every) + ".";
  }

  private String name(ParetoPoint p) {
    return report.arm(p.arm()).label();
  }

  private List<List<String>> costs() {
    String things = report.data().things() + "/s";
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "network",
            format.word(),
            "parameters",
            "weights",
            "latency",
            things + ", one core",
            things + ", all",
            "on the front of"));
    points().stream()
        .sorted(Comparator.comparingDouble(ParetoPoint::cost))
        .forEach(p -> lines.add(line(p)));
    return lines;
  }

  private List<String> line(ParetoPoint p) {
    List<String> fronts = COSTS.stream().filter(c -> front(c).contains(p)).map(Cost::name).toList();
    return List.of(
        name(p),
        format.mean(p.value(), 1),
        known(p.parameters(), NumberFormats::scaled),
        known(p.bytes(), x -> NumberFormats.bytes((long) x)),
        known(p.latencyMs(), NumberFormats::latency),
        known(p.throughputOneCore(), NumberFormats::scaled),
        known(p.throughput(), NumberFormats::scaled),
        fronts.isEmpty()
            ? NumberFormats.MISSING
            : fronts.size() == COSTS.size() ? "all" : String.join(", ", fronts));
  }

  private static String known(double x, DoubleFunction<String> form) {
    return x > 0 ? form.apply(x) : NumberFormats.MISSING;
  }

  private String shown(MeanInterval m) {
    return m.hasInterval() ? format.mean(m.mean(), m.halfWidth(), 1) : format.mean(m.mean(), 0);
  }
}

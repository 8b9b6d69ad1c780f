package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import limbeck.kd.measure.Results;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.report.Paths;
import limbeck.kd.report.Schedule;

/** How the headline's arm came to know what it knows: its chain of teachers, and its schedule. */
final class TeachingPath {
  private static final int DIRECT = 2; // arms of a chain that has nothing between its ends

  private final Experiment experiment;
  private final Arm headline;

  private TeachingPath(Results results) {
    this.experiment = results.experiment();
    this.headline = results.headlineArm();
  }

  /** The path; nothing of what is as plain as one teacher and one unchanging stage. */
  static Paths of(Results results) {
    TeachingPath path = new TeachingPath(results);
    return new Paths(path.chain(), List.of(), path.schedules());
  }

  private List<Paths.Hop> chain() {
    LinkedList<Arm> chain = new LinkedList<>();
    for (Arm arm = headline; arm != null && !chain.contains(arm); arm = teacher(arm)) {
      chain.addFirst(arm);
    }
    return chain.size() <= DIRECT ? List.of() : chain.stream().map(TeachingPath::hop).toList();
  }

  private Arm teacher(Arm arm) {
    return experiment.arms().stream()
        .filter(other -> other.id().equals(arm.taughtBy()))
        .findFirst()
        .orElse(null);
  }

  private static Paths.Hop hop(Arm arm) {
    List<String> teachers = arm.teachers();
    if (teachers.isEmpty()) {
      return new Paths.Hop(arm.id(), teachers, null, null, arm.epochs());
    }
    List<String> methods =
        terms(arm)
            .filter(term -> !(term.objective() instanceof HardLabels))
            .map(term -> term.objective().name())
            .distinct()
            .toList();
    String detail = arm.epochs() + (arm.epochs() == 1 ? " epoch" : " epochs");
    return new Paths.Hop(arm.id(), teachers, String.join(", ", methods), detail, arm.epochs());
  }

  private static Stream<Term> terms(Arm arm) {
    return arm.stages().stream().flatMap(stage -> stage.terms().stream());
  }

  /** The headline's schedule, if it has several stages or a weight that changes. */
  private List<Schedule> schedules() {
    List<Stage> stages = headline.stages();
    List<Schedule.Series> series = new ArrayList<>();
    boolean changes = stages.size() > 1;
    for (String name : terms(headline).map(TeachingPath::name).distinct().toList()) {
      List<Schedule.Point> points = weights(name);
      changes |= points.size() > 1;
      series.add(new Schedule.Series(name, points, List.of(0.0, highest(points)), false));
    }
    if (!changes) {
      return List.of();
    }
    series.add(new Schedule.Series("learning rate", rates(), List.of(), false));
    return List.of(new Schedule(headline.id(), headline.epochs(), phases(), series));
  }

  private static String name(Term term) {
    return "weight of " + term.objective().name();
  }

  private static double highest(List<Schedule.Point> points) {
    return points.stream().mapToDouble(Schedule.Point::value).max().orElse(1);
  }

  private List<Schedule.Phase> phases() {
    List<Schedule.Phase> phases = new ArrayList<>();
    int from = 0;
    for (Stage stage : headline.stages()) {
      int to = from + stage.training().epochs();
      String name = stage.name().isEmpty() ? "stage " + (phases.size() + 1) : stage.name();
      phases.add(new Schedule.Phase(from, to, name));
      from = to;
    }
    return phases;
  }

  /** The weight of the terms of a name, at every epoch where it changes. */
  private List<Schedule.Point> weights(String name) {
    return points(
        (stage, epoch) -> {
          Progress p = new Progress(0, epoch, stage.training().epochs(), 0);
          return stage.terms().stream()
              .filter(term -> name(term).equals(name))
              .mapToDouble(term -> term.weight().at(p))
              .sum();
        });
  }

  private List<Schedule.Point> rates() {
    return points(
        (stage, epoch) ->
            stage.training().newSchedule().at((double) epoch / stage.training().epochs()));
  }

  private interface Value {
    double at(Stage stage, int epoch);
  }

  private List<Schedule.Point> points(Value value) {
    List<Schedule.Point> points = new ArrayList<>();
    int from = 0;
    Double last = null;
    for (Stage stage : headline.stages()) {
      for (int epoch = 0; epoch < stage.training().epochs(); epoch++) {
        double now = value.at(stage, epoch);
        if (!Objects.equals(last, now)) {
          points.add(new Schedule.Point(from + epoch, now));
          last = now;
        }
      }
      from += stage.training().epochs();
    }
    return points;
  }
}

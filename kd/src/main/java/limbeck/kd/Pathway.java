package limbeck.kd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.kd.measure.Results;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.report.Paths;
import limbeck.kd.report.Schedule;

/** The way to the verdict's arm: who taught whom, and what changed over its epochs. */
final class Pathway {
  private static final String RATE = "learning rate";

  private final Results results;
  private final Arm headline;

  private Pathway(Results results) {
    this.results = results;
    this.headline = results.origin(results.headlineArm());
  }

  /**
   * Chains of more than one hop, and schedules that change. A rate that goes down smoothly in a
   * single stage is none: most do.
   */
  static Paths of(Results results) {
    Pathway way = new Pathway(results);
    Set<Arm> chain = new LinkedHashSet<>();
    way.addTaught(way.headline, chain);
    List<Paths.Hop> hops = chain.size() > 2 ? chain.stream().map(way::hop).toList() : List.of();
    return new Paths(hops, new PathsConsidered(results).all(), way.schedules());
  }

  /** Teachers first; an arm that was chosen among others is that one. */
  private void addTaught(Arm arm, Set<Arm> chain) {
    taughtBy(arm).forEach(teacher -> addTaught(teacher, chain));
    chain.add(arm);
  }

  private List<Arm> taughtBy(Arm arm) {
    return arm.teachers().stream().map(id -> results.origin(results.arm(id))).toList();
  }

  private Paths.Hop hop(Arm arm) {
    if (arm.teachers().isEmpty()) {
      int epochs = arm.stages().isEmpty() ? -1 : arm.epochs();
      return new Paths.Hop(arm.id(), List.of(), null, null, epochs);
    }
    Term first =
        arm.stages().stream()
            .flatMap(s -> s.terms().stream())
            .filter(t -> t.teacher() != null)
            .findFirst()
            .orElseThrow();
    boolean scored = results.experiment().train().scored();
    String detail =
        String.join(
            "; then ", arm.stages().stream().map(s -> s.formula(scored)).distinct().toList());
    List<String> teachers = taughtBy(arm).stream().map(Arm::id).distinct().toList();
    return new Paths.Hop(arm.id(), teachers, first.objective().name(), detail, arm.epochs());
  }

  private List<Schedule> schedules() {
    Map<String, double[]> series = new LinkedHashMap<>();
    List<Schedule.Phase> phases = new ArrayList<>();
    int epoch = 0;
    for (Stage s : headline.stages()) {
      int n = s.training().epochs();
      if (n > 0) {
        String name = s.name().isEmpty() ? s.terms().get(0).objective().name() : s.name();
        phases.add(new Schedule.Phase(epoch, epoch + n, name));
        addStage(s, epoch, series);
      }
      epoch += n;
    }
    List<Schedule.Series> changing = new ArrayList<>();
    series.forEach(
        (name, values) -> {
          if (changes(values)) {
            changing.add(steps(name, values));
          }
        });
    boolean weights = changing.stream().anyMatch(s -> !s.name().equals(RATE));
    boolean drops =
        headline.stages().stream().anyMatch(s -> s.training().schedule().equals("step"));
    return phases.size() > 1 || weights || drops
        ? List.of(new Schedule(headline.id(), epoch, phases, changing))
        : List.of();
  }

  private void addStage(Stage s, int from, Map<String, double[]> series) {
    int n = s.training().epochs();
    for (int e = 0; e < n; e++) {
      Progress p = new Progress(0, e, n, 0);
      for (Term t : s.terms()) {
        double weight = t.weight().at(p);
        add(series, weightName(t), from + e, weight);
        if (weight > 0) {
          int at = from + e;
          t.objective().course(p).forEach((name, value) -> set(series, name, at, value));
        }
      }
      double rate = s.training().newSchedule().at((double) e / n);
      set(series, RATE, from + e, rate);
    }
  }

  private static String weightName(Term t) {
    return t.objective() instanceof HardLabels ? "hardWeight" : "weight of " + t.objective().name();
  }

  private void add(Map<String, double[]> series, String name, int epoch, double value) {
    double[] values = series.get(name);
    double before = values == null || Double.isNaN(values[epoch]) ? 0 : values[epoch];
    set(series, name, epoch, before + value);
  }

  private void set(Map<String, double[]> series, String name, int epoch, double value) {
    series.computeIfAbsent(name, x -> unknown())[epoch] = value;
  }

  private double[] unknown() {
    double[] values = new double[headline.epochs()];
    java.util.Arrays.fill(values, Double.NaN);
    return values;
  }

  private static boolean changes(double[] values) {
    for (double v : values) {
      if (Double.compare(v, values[0]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** A point wherever the value changes, and the last one at the end. */
  private static Schedule.Series steps(String name, double[] values) {
    List<Schedule.Point> points = new ArrayList<>();
    for (int e = 0; e < values.length; e++) {
      boolean first = e == 0 && !Double.isNaN(values[0]);
      if (first || e > 0 && Double.compare(values[e], values[e - 1]) != 0) {
        points.add(new Schedule.Point(e, values[e]));
      }
    }
    if (!Double.isNaN(values[values.length - 1])) {
      points.add(new Schedule.Point(values.length, values[values.length - 1]));
    }
    boolean log = name.equals(RATE);
    boolean share = !log && java.util.Arrays.stream(values).allMatch(v -> !(v > 1));
    return new Schedule.Series(
        name, points, share ? List.of(0.0, 1.0) : List.of(), log && positive(values));
  }

  private static boolean positive(double[] values) {
    return java.util.Arrays.stream(values).allMatch(v -> Double.isNaN(v) || v > 0);
  }
}

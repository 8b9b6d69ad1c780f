package limbeck.kd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.kd.measure.Results;
import limbeck.kd.recipe.Arm;
import limbeck.kd.report.Cost;
import limbeck.kd.train.Spent;

/**
 * What the stages of a run took, as means per seed: training every arm that was trained, and
 * keeping what teachers say. Networks that train together are one stage. What teaches others is
 * paid once.
 */
final class Costs {
  private final Results results;
  private final Map<String, Spent> kept;
  private final List<Cost> stages = new ArrayList<>();

  private Costs(Results results, Map<String, Spent> kept) {
    this.results = results;
    this.kept = kept;
  }

  /**
   * All stages in the order of arms.
   *
   * @param kept by arm and seed, as "arm/1"; none where it had been kept before the run
   */
  static List<Cost> of(Results results, Map<String, Spent> kept) {
    Costs costs = new Costs(results, kept);
    for (Arm arm : results.arms()) {
      if (arm.isTrained() && arm.equals(costs.members(arm).get(0))) {
        costs.training(arm);
      }
      costs.keeping(arm);
    }
    return costs.stages;
  }

  /** The arms that train together with one, and all copies of one; itself among them. */
  private List<Arm> members(Arm arm) {
    if (arm.copy() != null) {
      return results.arms().stream().filter(a -> arm.copy().isLike(a.copy())).toList();
    }
    return arm.cohort() == null
        ? List.of(arm)
        : results.arms().stream().filter(a -> arm.cohort().equals(a.cohort())).toList();
  }

  private void training(Arm arm) {
    List<Arm> members = members(arm);
    Arm shown = members.contains(results.headlineArm()) ? results.headlineArm() : arm;
    boolean copies = arm.copy() != null;
    List<Spent> spent = spent(copies ? members : List.of(arm));
    add(
        "Train " + names(arm, members),
        shown.id(),
        copies ? members.size() * arm.epochs() : arm.epochs(),
        spent,
        members.stream().anyMatch(this::teaches));
  }

  private String names(Arm arm, List<Arm> members) {
    if (members.size() == 1) {
      return subject(arm);
    }
    return arm.copy() != null
        ? members.size() + " times " + arm.copy().shared(arm.name())
        : members.stream().map(Arm::label).collect(Collectors.joining(" and ")) + " together";
  }

  /** Of arms that trained one after another, seed by seed. */
  private List<Spent> spent(List<Arm> arms) {
    List<Spent> sums = new ArrayList<>();
    for (long seed : results.experiment().seeds()) {
      sums.add(
          arms.stream()
              .map(a -> results.of(a.id(), seed).trained().history().spent())
              .reduce(Spent.NOTHING, Spent::plus));
    }
    return sums;
  }

  private void keeping(Arm arm) {
    List<Spent> spent =
        results.experiment().seeds().stream()
            .map(seed -> kept.getOrDefault(arm.id() + "/" + seed, Spent.NOTHING))
            .toList();
    if (spent.stream().anyMatch(s -> s.seconds() > 0)) {
      add("Keep the outputs of " + subject(arm), arm.id(), -1, spent, true);
    }
  }

  /** "the student alone", for one that is called "the same student trained alone". */
  private static String subject(Arm arm) {
    return arm.name().replaceFirst("^the same (\\S+) trained alone$", "the $1 alone");
  }

  private boolean teaches(Arm arm) {
    return results.arms().stream().anyMatch(a -> a.teachers().contains(arm.id()));
  }

  private void add(String stage, String arm, int epochs, List<Spent> spent, boolean once) {
    stages.add(
        new Cost(
            stage,
            arm,
            epochs,
            spent.stream().mapToDouble(Spent::seconds).average().orElse(0),
            spent.stream().mapToDouble(Spent::cpuSeconds).average().orElse(Double.NaN),
            mean(spent.stream().map(Spent::teacherForwards).toList()),
            mean(spent.stream().map(Spent::bytesWritten).toList()),
            once));
  }

  /** −1 if one is unknown. */
  private static long mean(List<Long> counts) {
    return counts.stream().anyMatch(n -> n < 0)
        ? -1
        : Math.round(counts.stream().mapToLong(n -> n).average().orElse(0));
  }
}

package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.Reduction;
import limbeck.kd.Objective;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.LogitMatching;
import limbeck.kd.objective.SoftTargets;

/**
 * How a student is distilled: softWeight · soft term + hardWeight · cross-entropy at temperature 1.
 * The weights need not sum to one; sources disagree on what a bare alpha means, so both are named.
 *
 * @param method {@code soft-targets} or {@code logit-matching}
 * @param temperature T of soft targets
 * @param softWeight on the teacher's term
 * @param hardWeight on the labels' term
 * @param temperatureSquared whether soft targets carry T²
 * @param reduction of soft targets
 * @param reverse whether the divergence is KL(student ‖ teacher)
 */
public record Distillation(
    String method,
    double temperature,
    double softWeight,
    double hardWeight,
    boolean temperatureSquared,
    Reduction reduction,
    boolean reverse) {

  /** Refuses weights that leave nothing to train on. */
  public Distillation {
    if (softWeight == 0 && hardWeight == 0) {
      throw new RecipeException(
          "distill.softWeight and distill.hardWeight are both 0: there is nothing to learn from;"
              + " set one of them above 0, for example distill.hardWeight=1");
    }
  }

  /** Soft targets with T², in the usual direction and reduction. */
  public static Distillation softTargets(double temperature, double softWeight, double hardWeight) {
    return new Distillation(
        "soft-targets", temperature, softWeight, hardWeight, true, Reduction.BATCH_MEAN, false);
  }

  /** Declares the settings {@code distill.…}, with this distillation's values as defaults. */
  void declare(Settings.Builder s) {
    declareMethod(s);
    s.real(
        "distill.temperature",
        Double.toString(temperature),
        0.01,
        10_000,
        "temperature of soft targets");
    declareTerms(s);
  }

  /** As {@link #declare}, for recipes that have temperatures of their own. */
  void declareWithoutTemperature(Settings.Builder s) {
    declareMethod(s);
    declareTerms(s);
  }

  private void declareMethod(Settings.Builder s) {
    s.choice(
        "distill.method",
        method,
        List.of("soft-targets", "logit-matching"),
        "what the teacher is asked for");
  }

  private void declareTerms(Settings.Builder s) {
    s.real(
        "distill.softWeight", Double.toString(softWeight), 0, 1e6, "weight of the teacher's term");
    s.real("distill.hardWeight", Double.toString(hardWeight), 0, 1e6, "weight of the labels' term");
    s.flag(
        "distill.temperatureSquared",
        temperatureSquared,
        "whether soft targets carry the factor T²");
    s.choice(
        "distill.reduction",
        name(reduction),
        List.of("batchmean", "elementmean", "sum"),
        "reduction of soft targets");
    s.flag("distill.reverse", reverse, "KL(student ‖ teacher) instead of KL(teacher ‖ student)");
  }

  /** Reads a distillation from settings. */
  static Distillation of(Settings s) {
    return of(s, s.real("distill.temperature"));
  }

  /** Reads a distillation from settings, but for the temperature. */
  static Distillation of(Settings s, double temperature) {
    return new Distillation(
        s.text("distill.method"),
        temperature,
        s.real("distill.softWeight"),
        s.real("distill.hardWeight"),
        s.flag("distill.temperatureSquared"),
        reduction(s.text("distill.reduction")),
        s.flag("distill.reverse"));
  }

  /** The name of a reduction in recipes and reports. */
  public static String name(Reduction reduction) {
    return switch (reduction) {
      case BATCH_MEAN -> "batchmean";
      case ELEMENT_MEAN -> "elementmean";
      case SUM -> "sum";
    };
  }

  private static Reduction reduction(String name) {
    return switch (name) {
      case "elementmean" -> Reduction.ELEMENT_MEAN;
      case "sum" -> Reduction.SUM;
      default -> Reduction.BATCH_MEAN;
    };
  }

  /** The terms of the loss, the teacher's first; those of weight 0 are left out. */
  public List<Term> terms(String teacher) {
    List<Term> terms = new ArrayList<>();
    if (softWeight > 0) {
      terms.add(Term.of(soft(), teacher, softWeight));
    }
    if (hardWeight > 0) {
      terms.add(Term.of(new HardLabels(), hardWeight));
    }
    return terms;
  }

  private Objective soft() {
    return method.equals("logit-matching")
        ? new LogitMatching()
        : new SoftTargets(temperature, temperatureSquared, reverse, reduction);
  }
}

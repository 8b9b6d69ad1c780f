package limbeck.kd.recipe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.kd.Progress;
import limbeck.kd.objective.HardLabels;

/**
 * A part of a network's training with a schedule and a loss of its own. It starts from the weights
 * of the stage before, with a new optimizer unless it says otherwise.
 *
 * @param name what reports call it, such as {@code annealing}; may be empty where there is one
 * @param training optimizer, schedule, epochs
 * @param terms of the loss, added up in this order
 * @param keep which weights it hands on
 * @param dropTerms how many of the terms that have a teacher and a weight are left out at each
 *     step, drawn at random; one at least always stays, and the weights of the others stay what
 *     they are. Stochastic densely guided distillation, Son et al. 2021, arXiv:2009.08825
 * @param freshOptimizer whether it begins with a new optimizer; if not, momentum and moments are
 *     those that the stage before has left
 */
public record Stage(
    String name,
    Training training,
    List<Term> terms,
    Keep keep,
    int dropTerms,
    boolean freshOptimizer) {
  private static final Map<String, Object> STANDARDS =
      Map.of("dropTerms", 0, "freshOptimizer", true);

  /** Which weights a stage hands on. */
  public enum Keep {
    /** Those after its last epoch. */
    LAST,
    /**
     * Those after the epoch with the fewest errors on validation data, of scores the highest
     * correlation; the first such one.
     */
    BEST
  }

  /**
   * Copies the list, and checks that every epoch has something to learn from, and that more terms
   * have teachers than are left out.
   *
   * @throws RecipeException if not
   */
  public Stage {
    terms = List.copyOf(terms);
    for (int epoch = 0; epoch < training.epochs(); epoch++) {
      Progress p = new Progress(0, epoch, training.epochs(), 0);
      if (terms.stream().noneMatch(t -> t.weight().at(p) > 0)) {
        throw new RecipeException(
            "all weights are 0 in epoch "
                + (epoch + 1)
                + (name.isEmpty() ? "" : " of stage \"" + name + "\"")
                + ": there is nothing to learn from");
      }
    }
    long guides = terms.stream().filter(t -> t.teacher() != null).count();
    if (dropTerms < 0 || dropTerms > 0 && dropTerms >= guides) {
      throw new RecipeException(
          "dropTerms = "
              + dropTerms
              + ": of "
              + guides
              + (guides == 1 ? " term" : " terms")
              + " with a teacher, one at least must stay");
    }
  }

  /** A stage of all its terms at every step, with an optimizer of its own. */
  public Stage(String name, Training training, List<Term> terms, Keep keep) {
    this(name, training, terms, keep, 0, true);
  }

  /** Training on labels alone. */
  public static Stage alone(Training training) {
    return new Stage("", training, List.of(Term.of(new HardLabels(), 1)), Keep.LAST);
  }

  /** The teachers that are asked at some epoch, in the order of the terms. */
  public Set<String> teachers() {
    Set<String> teachers = new LinkedHashSet<>();
    for (Term t : terms) {
      if (t.teacher() != null && t.weight().value() + t.weight().finalValue() > 0) {
        teachers.add(t.teacher());
      }
    }
    return teachers;
  }

  /**
   * The loss as a formula.
   *
   * @param scored whether it is of scores, not of classes
   */
  public String formula(boolean scored) {
    String sum = "L = " + String.join(" + ", terms.stream().map(t -> t.describe(scored)).toList());
    String left = " of those with a teacher left out at random at each step";
    return dropTerms == 0 ? sum : sum + ", " + dropTerms + left;
  }

  /**
   * Checks that stages which go on with an optimizer can.
   *
   * @throws RecipeException if one is the first, or its optimizer is of another kind
   */
  static void requireChain(List<Stage> stages) {
    Stage before = null;
    for (Stage s : stages) {
      if (!s.freshOptimizer && (before == null || !s.training.sameOptimizer(before.training))) {
        throw new RecipeException(
            "freshOptimizer = false"
                + (s.name.isEmpty() ? "" : " in stage \"" + s.name + "\"")
                + (before == null
                    ? ": there is no stage before whose optimizer it could go on with"
                    : ": the stage before has another optimizer"));
      }
      before = s;
    }
  }

  /** As every record's, but without what is as usual. */
  @Override
  public String toString() {
    return RecordText.of(this, STANDARDS);
  }
}

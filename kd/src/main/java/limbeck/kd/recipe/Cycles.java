package limbeck.kd.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * A stage cut into cycles of equal length, stages in their turn: in each the learning rate runs
 * through its whole course and starts anew. Loshchilov and Hutter 2017, arXiv:1608.03983; with
 * terms whose teacher is {@link PastSelf#PREVIOUS_STAGE} it is Snapshot Distillation, Yang et al.
 * 2019, arXiv:1812.00123: the last snapshot of each cycle teaches in the next.
 */
public final class Cycles {
  private Cycles() {}

  /**
   * The cycles of a stage.
   *
   * @param whole with the epochs of all cycles together
   * @param first whether no stage comes before: then the first cycle has nobody to learn from, and
   *     goes without the terms that ask the stage before
   * @param freshOptimizers whether each cycle begins with a new optimizer, instead of going on with
   *     that of the one before. In the paper a training is one, and only its rate is cyclic
   * @throws RecipeException if the epochs cannot be shared out evenly, or nothing is left to learn
   *     from in the first cycle
   */
  public static List<Stage> of(Stage whole, int cycles, boolean first, boolean freshOptimizers) {
    int epochs = whole.training().epochs();
    if (epochs % cycles != 0) {
      throw new RecipeException(
          "cycles = " + cycles + ": " + epochs + " epochs cannot be shared out evenly");
    }
    List<Stage> all = new ArrayList<>();
    for (int i = 0; i < cycles; i++) {
      List<Term> terms = first && i == 0 ? withoutPast(whole.terms()) : whole.terms();
      boolean guided = terms.size() == whole.terms().size();
      all.add(
          new Stage(
              cycles == 1 ? whole.name() : name(whole.name(), i),
              whole.training().over(epochs / cycles),
              terms,
              whole.keep(),
              guided ? whole.dropTerms() : 0,
              i == 0 ? whole.freshOptimizer() : freshOptimizers));
    }
    return all;
  }

  private static List<Term> withoutPast(List<Term> terms) {
    List<Term> left =
        terms.stream().filter(t -> !PastSelf.PREVIOUS_STAGE.equals(t.teacher())).toList();
    if (left.isEmpty()) {
      throw new RecipeException(
          "the first cycle has no stage before to learn from; a term of labels, for example, would"
              + " give it something to do");
    }
    return left;
  }

  private static String name(String whole, int cycle) {
    return (whole.isEmpty() ? "" : whole + ", ") + "cycle " + (cycle + 1);
  }
}

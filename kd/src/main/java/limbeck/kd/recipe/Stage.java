package limbeck.kd.recipe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import limbeck.kd.Progress;
import limbeck.kd.objective.HardLabels;

/**
 * A part of a network's training with an optimizer, a schedule and a loss of its own. The next
 * stage starts from its weights, with a new optimizer.
 *
 * @param name what reports call it, such as {@code annealing}; may be empty where there is one
 * @param training optimizer, schedule, epochs
 * @param terms of the loss, added up in this order
 * @param keep which weights it hands on
 */
public record Stage(String name, Training training, List<Term> terms, Keep keep) {
  /** Which weights a stage hands on. */
  public enum Keep {
    /** Those after its last epoch. */
    LAST,
    /** Those after the epoch with the fewest errors on validation data, the first such one. */
    BEST
  }

  /**
   * Copies the list, and checks that every epoch has something to learn from.
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

  /** The loss as a formula. */
  public String formula() {
    return "L = " + String.join(" + ", terms.stream().map(Term::describe).toList());
  }
}

package limbeck.kd.recipe;

import java.util.List;

/**
 * The weights that a network's training begins with, where they are not drawn at random: those of
 * another network of the run, with the same seed. Its optimizer and its learning rate start anew.
 *
 * @param of id of the arm whose finished network it is
 * @param specialist which of its specialists the arm is; null if it is a network of its own kind
 * @param layers numbers from 0 of its layers that the arm's layers begin as, one for each, where
 *     the arm has fewer; empty: it has the same
 */
public record Start(String of, Specialist specialist, List<Integer> layers) {
  /** From all of another network's weights, or as its specialist. */
  public Start(String of, Specialist specialist) {
    this(of, specialist, List.of());
  }

  /**
   * Checks that a specialist has all layers.
   *
   * @throws RecipeException if it shall have some
   */
  public Start {
    layers = List.copyOf(layers);
    if (specialist != null && !layers.isEmpty()) {
      throw new RecipeException("startLayers: a specialist has all layers of " + of);
    }
  }

  /**
   * One of the specialists of a network, for classes that it confuses. It has the network's layers,
   * but for the last: an output for each of its classes, and one for all others.
   *
   * @param number of the specialist, from 1 on
   * @param count how many there are in all
   * @param classes how many classes each has
   */
  public record Specialist(int number, int count, int classes) {
    /**
     * Checks the numbers.
     *
     * @throws RecipeException if there is no such specialist, or it has no classes
     */
    public Specialist {
      if (number < 1 || number > count || classes < 1) {
        throw new RecipeException(
            "specialist "
                + number
                + " of "
                + count
                + " with "
                + classes
                + " classes: a number from 1 to their count, and 1 class or more, expected");
      }
    }
  }

  /** In words, for reports: where it starts. */
  public String describe() {
    String weights = layers.isEmpty() ? "the weights" : "layers " + layers;
    return specialist == null
        ? "from " + weights + " of " + of
        : "specialist "
            + specialist.number
            + " of "
            + specialist.count
            + " for "
            + specialist.classes
            + " classes that "
            + of
            + " confuses, from its weights";
  }
}

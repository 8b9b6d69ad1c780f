package limbeck.kd.recipe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * When and by what a learning rate is divided, for the schedule {@code step}.
 *
 * @param at shares of the stage's epochs, ascending, between 0 and 1: each is rounded to the
 *     nearest whole epoch, and the rate is divided when that many are over. A stage that is made
 *     shorter has the whole course, compressed
 * @param factor what the rate is divided by each time, above 1
 */
public record RateDrops(List<Double> at, double factor) {
  /** The rate is never divided. */
  public static final RateDrops NONE = new RateDrops(List.of(), 10);

  /**
   * Copies the list, and checks the numbers.
   *
   * @throws RecipeException if one is out of range, or the shares do not ascend
   */
  public RateDrops {
    at = List.copyOf(at);
    double before = 0;
    for (double share : at) {
      if (!(share > before && share < 1)) {
        throw new RecipeException(
            "drops = "
                + at
                + ": shares of the stage's epochs expected, ascending, above 0 and below 1");
      }
      before = share;
    }
    if (!(factor > 1 && factor < Double.POSITIVE_INFINITY)) {
      throw new RecipeException(
          "factor = " + Numbers.text(factor) + ": the rate is divided by it; above 1 expected");
    }
  }

  boolean isNone() {
    return at.isEmpty();
  }

  /** The shares of training at which the rate is divided, if it has so many epochs. */
  double[] points(int epochs) {
    return at.stream().mapToDouble(s -> (double) Math.round(s * epochs) / epochs).toArray();
  }

  /** In words: divided by 10 at 0.5 and 0.75 of the epochs. */
  String describe() {
    String shares = at.stream().map(Numbers::text).collect(Collectors.joining(" and "));
    return "divided by " + Numbers.text(factor) + " at " + shares + " of the epochs";
  }
}

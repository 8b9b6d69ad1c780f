package limbeck.kd.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A class and how likely a model finds it.
 *
 * @param name of the class
 * @param probability at temperature 1
 */
record Guess(String name, double probability) {
  /** All classes, likeliest first. */
  static List<Guess> of(float[] logits, List<String> classes) {
    double max = Double.NEGATIVE_INFINITY;
    for (float z : logits) {
      max = Math.max(max, z);
    }
    double sum = 0;
    for (float z : logits) {
      sum += StrictMath.exp(z - max);
    }
    List<Guess> guesses = new ArrayList<>();
    for (int c = 0; c < logits.length; c++) {
      guesses.add(new Guess(classes.get(c), StrictMath.exp(logits[c] - max) / sum));
    }
    guesses.sort(Comparator.comparingDouble((Guess g) -> -g.probability));
    return guesses;
  }
}

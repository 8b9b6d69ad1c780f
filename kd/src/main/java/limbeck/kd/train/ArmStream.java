package limbeck.kd.train;

import limbeck.autograd.Streams;
import limbeck.kd.recipe.Arm;

/**
 * What an arm's random numbers are drawn from. Students of one seed draw alike, so that they differ
 * in what they learn from alone. A teacher draws otherwise: a layer's first rows depend on seed and
 * path, not on its width, and a teacher must not share them with its student. Nor must peers, who
 * else would have nothing to tell each other, nor the copies of a network, which also see the
 * examples in orders of their own; copies of one number of two students draw alike.
 */
final class ArmStream {
  private ArmStream() {}

  /** Names the stream beside seed and copy; empty: it is the seed alone. */
  static String name(Arm arm) {
    boolean student = arm.role().equals("student") || arm.role().equals("distilled");
    if (arm.copy() != null) {
      return (student ? "" : arm.role() + " ") + "copy";
    }
    if (arm.cohort() != null) {
      return arm.id();
    }
    return student ? "" : arm.role().equals("teacher") ? "teacher" : arm.id();
  }

  /** Of initial weights and dropout. */
  static long weights(Arm arm, long seed) {
    String name = name(arm);
    if (arm.copy() != null) {
      return seed ^ Streams.of(name, arm.copy().number());
    }
    return name.isEmpty() ? seed : seed ^ Streams.of(name);
  }

  /** Of the examples' order, their augmentation, and whatever a stage draws. */
  static long order(Arm arm, long seed) {
    return arm.copy() == null ? seed : weights(arm, seed);
  }
}

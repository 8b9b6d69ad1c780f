package limbeck.kd;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * What a student is trained for: a scalar from its outputs, the teacher's outputs and the batch.
 * The teacher's outputs are detached: no gradient flows into them.
 *
 * <p>A method is a record that implements this: its components are the method's hyperparameters,
 * each with a {@link Hyperparameter} that says its standard value, and its constructor refuses
 * values that make no sense. Recipes name the record and its components.
 */
@FunctionalInterface
public interface Objective {
  /**
   * The loss to be minimised.
   *
   * @param teacher null if this objective asks no teacher
   */
  Var loss(Outputs student, Outputs teacher, Batch batch);

  /** Whether there must be a teacher. */
  default boolean asksTeacher() {
    return true;
  }

  /**
   * Whether it can be computed where examples are mixed with others and have no single label: where
   * it looks at no labels, or takes {@link Batch#targets} for them.
   */
  default boolean takesMixedLabels() {
    return true;
  }

  /**
   * Whether it can be computed where examples have scores instead of classes, and networks one
   * output: where it compares outputs as numbers, or looks at activations alone. A softmax of one
   * output says nothing.
   */
  default boolean takesScores() {
    return false;
  }

  /** Names of the student's taps whose activations the loss needs. */
  default List<String> studentTaps() {
    return List.of();
  }

  /** Names of the teacher's taps whose activations the loss needs. */
  default List<String> teacherTaps() {
    return List.of();
  }

  /**
   * This objective made ready for two networks: one that learns something along with the student,
   * such as a regressor between layers of different widths, makes it here.
   *
   * @param student shapes of one example's activations at the student's taps, its logits among them
   * @param teacher likewise; null if there is no teacher
   * @return an objective whose {@link #learned} are its own
   * @throws IllegalArgumentException if the shapes do not fit the method, saying which
   */
  default Objective fitted(TapShapes student, TapShapes teacher) {
    return this;
  }

  /**
   * What is learned along with the student and left behind with the objective, by name: empty
   * before {@link #fitted}. The trainer draws the weights, trains them and keeps them in its
   * checkpoints.
   */
  default Map<String, Module> learned() {
    return Map.of();
  }

  /** What reports call it: the record's name in words, such as {@code soft targets}. */
  default String name() {
    String words = getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return words.toLowerCase(Locale.ROOT);
  }

  /**
   * The loss of one example as a formula, for reports: y the label, p and q the probabilities of
   * teacher and student, v and z their logits.
   */
  default String formula() {
    return getClass().getSimpleName();
  }

  /** The formula where y is a score, and v and z are the one output of teacher and student. */
  default String scoreFormula() {
    return formula();
  }

  /**
   * What of this objective changes with the epochs, by name: a factor on the targets, for example.
   * For reports.
   */
  default Map<String, Double> course(Progress progress) {
    return Map.of();
  }

  /**
   * This objective times a weight. A weight of exactly 1 adds no op, so the bits are those without
   * it.
   */
  default Objective times(double weight) {
    return weight == 1 ? this : new WeightedObjective(this, weight);
  }

  /** The sum of two objectives, which share the teacher. */
  default Objective plus(Objective other) {
    return new SumObjective(this, other);
  }
}

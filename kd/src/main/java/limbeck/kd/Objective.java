package limbeck.kd;

import limbeck.autograd.Var;

/**
 * What a student is trained for: a scalar from its outputs, the teacher's outputs and the batch.
 * The teacher's outputs are detached: no gradient flows into them.
 */
@FunctionalInterface
public interface Objective {
  /**
   * The loss to be minimised.
   *
   * @param teacher null if this objective asks no teacher
   */
  Var loss(Outputs student, Outputs teacher, Batch batch);

  /**
   * This objective times a weight. A weight of exactly 1 adds no op, so the bits are those without
   * it.
   */
  default Objective times(double weight) {
    return weight == 1
        ? this
        : (student, teacher, batch) -> loss(student, teacher, batch).times(weight);
  }

  /** The sum of two objectives. */
  default Objective plus(Objective other) {
    return (student, teacher, batch) ->
        loss(student, teacher, batch).plus(other.loss(student, teacher, batch));
  }
}

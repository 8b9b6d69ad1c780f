package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * A method that compares layers of two transformers: which, depends on how many they have, so it
 * has a loss only after {@link #fitted}.
 */
interface LayerObjective extends Objective {
  @Override
  default Var loss(Outputs student, Outputs teacher, Batch batch) {
    throw new IllegalStateException(
        name() + ": which layers are compared depends on the networks; call fitted first");
  }

  /** It looks at activations alone. */
  @Override
  default boolean takesScores() {
    return true;
  }
}

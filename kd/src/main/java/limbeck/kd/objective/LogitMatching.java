package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Regression on the teacher's logits: ½ ‖z − v‖², mean over examples. Ba and Caruana 2014,
 * arXiv:1312.6184. Soft targets tend to it, on centred logits and divided by the number of classes,
 * as the temperature grows. The paper's normalisation of the teacher's logits over the training set
 * is not applied.
 */
public record LogitMatching() implements Objective {
  /** The loss of one example as a formula. */
  public static final String FORMULA = "½ ‖z − v‖²";

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    return student.logits().apply(SquaredError.logitMatching(), teacher.logits());
  }

  @Override
  public boolean takesScores() {
    return true;
  }

  @Override
  public String formula() {
    return FORMULA;
  }
}

package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Cross-entropy against the labels, at temperature 1, mean over examples: ordinary training, and
 * the hard term. Of an example mixed of two it is λ H(y, q) + (1 − λ) H(y′, q) with both labels.
 * Where examples have scores it is the squared error (y − z)² of the one output z.
 */
public record HardLabels() implements Objective {
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    if (batch.scored()) {
      return student.logits().apply(SquaredError.mean(), Var.of(batch.scores()));
    }
    return batch.mixed()
        ? student.logits().apply(new SoftCrossEntropy(), Var.of(batch.targets()))
        : student.logits().apply(new CrossEntropy(), Var.of(batch.labels()));
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  @Override
  public boolean takesScores() {
    return true;
  }

  @Override
  public String formula() {
    return "H(y, q)";
  }

  @Override
  public String scoreFormula() {
    return "(y − z)²";
  }
}

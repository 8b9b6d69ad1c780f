package limbeck.kd;

import limbeck.autograd.Var;
import limbeck.engine.tensor.Tensor;

/**
 * What a network says about a batch.
 *
 * @param logits unnormalised log-probabilities [batch, classes]
 */
public record Outputs(Var logits) {
  /** Outputs that receive no gradient: a teacher's. */
  public static Outputs detached(Tensor logits) {
    return new Outputs(Var.of(logits));
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.op.Op;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;

/**
 * An op that makes one vector of each sequence's valid steps: x [batch, time, width] and I32
 * lengths [batch] give y [batch, width]; zeros for a sequence without steps. Steps behind the valid
 * ones change nothing and get no gradient.
 */
public sealed interface StepPooling extends Op permits MeanSteps, MaxSteps {
  @Override
  default Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < 2; k++) {
      int rank = k == 0 ? 3 : 1;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
    }
    spec.requireEqual("batch", 0, in[0], in[0].axis(0), 1, in[1], in[1].axis(0));
    return Shape.of(in[0].axis(0), in[0].last());
  }

  @Override
  default boolean differentiable(int k) {
    return k == 0;
  }
}

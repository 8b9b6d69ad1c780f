package limbeck.engine.op.loss;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Checks of weights: an operand that a loss takes as given. */
final class Weights {
  private Weights() {}

  /**
   * Checks that operand {@code k} has the type of operand 0 and no negative element.
   *
   * @throws ShapeException naming the first that is negative
   */
  static void check(OpSpec spec, int k, Tensor[] in) {
    spec.requireType(k, in[k], in[0].dtype());
    for (int i = 0; i < in[k].size(); i++) {
      if (in[k].get(i) < 0) {
        String name = spec.operands().get(k).name();
        throw new ShapeException(
            spec.name() + ": " + name + "[" + i + "] = " + in[k].get(i) + " is negative");
      }
    }
  }
}

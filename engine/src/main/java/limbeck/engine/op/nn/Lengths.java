package limbeck.engine.op.nn;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** How many steps of each example of a padded batch are valid: an I32 operand [batch]. */
final class Lengths {
  private Lengths() {}

  /** The valid steps of example {@code b}. */
  static int of(Tensor lengths, int b) {
    return lengths.ints()[lengths.offset() + b];
  }

  /**
   * Checks type and range of operand {@code k}.
   *
   * @throws ShapeException naming the first length that is wrong
   */
  static void require(OpSpec spec, int k, Tensor lengths, int steps) {
    spec.requireType(k, lengths, DType.I32);
    for (int b = 0; b < lengths.size(); b++) {
      int length = of(lengths, b);
      if (length < 0 || length > steps) {
        throw new ShapeException(
            spec.name() + ": length " + length + " of example " + b + " is not in 0.." + steps);
      }
    }
  }
}

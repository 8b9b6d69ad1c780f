package limbeck.engine.op.loss;

import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Labels, operand 1 of a loss, beside operand 0, which has a further axis of classes. */
final class Labels {
  private Labels() {}

  /** Checks that the labels have the axes of operand 0 but for the last. */
  static void requireAxes(OpSpec spec, Shape... in) {
    if (in[1].rank() != in[0].rank() - 1) {
      throw spec.rankError(1, in[1], in[0].rank() - 1);
    }
    for (int i = 0; i < in[1].rank(); i++) {
      spec.requireEqual("axis " + i, 0, in[0], in[0].axis(i), 1, in[1], in[1].axis(i));
    }
  }

  /**
   * Checks the labels' type, and that each is that of a class or is the ignored one.
   *
   * @param ignored a label that may be anything, or {@link CrossEntropy#NONE}
   * @throws ShapeException naming the first one that is wrong
   */
  static void requireClasses(OpSpec spec, Tensor[] in, int ignored) {
    int classes = in[0].shape().last();
    spec.requireType(1, in[1], DType.I32);
    for (int row = 0; row < in[1].size(); row++) {
      int label = of(in[1], row);
      boolean counts = ignored == CrossEntropy.NONE || label != ignored;
      if (counts && (label < 0 || label >= classes)) {
        String range = " is not in 0.." + (classes - 1);
        throw new ShapeException(spec.name() + ": label " + label + " of example " + row + range);
      }
    }
  }

  /** The label of an example. */
  static int of(Tensor labels, int row) {
    return labels.ints()[labels.offset() + row];
  }
}

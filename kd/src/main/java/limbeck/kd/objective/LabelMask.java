package limbeck.kd.objective;

import java.util.Arrays;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Masks [batch, classes], I32, that tell the label's class from the others. */
final class LabelMask {
  private LabelMask() {}

  /** 1 at the label, 0 elsewhere. */
  static Var label(Tensor labels, int classes) {
    return of(labels, classes, 1);
  }

  /** 0 at the label, 1 elsewhere. */
  static Var others(Tensor labels, int classes) {
    return of(labels, classes, 0);
  }

  private static Var of(Tensor labels, int classes, int atLabel) {
    int[] mask = new int[labels.size() * classes];
    if (atLabel == 0) {
      Arrays.fill(mask, 1);
    }
    for (int row = 0; row < labels.size(); row++) {
      int label = (int) labels.get(row);
      if (label < 0 || label >= classes) {
        throw new ShapeException(
            "labels: label " + label + " of example " + row + " is not in 0.." + (classes - 1));
      }
      mask[row * classes + label] = atLabel;
    }
    return Var.of(Tensor.of(Shape.of(labels.size(), classes), mask));
  }
}

package limbeck.engine.op.loss;

import limbeck.engine.op.LossOp;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A loss of outputs [..., classes] against labels [...], which are I32 and all those of classes.
 */
public sealed interface LabelLossOp extends LossOp
    permits NegativeLogLikelihood, MultiMargin, Focal {
  @Override
  default void check(Shape... in) {
    Labels.requireAxes(spec(), in);
  }

  /**
   * Checks type and range of all labels.
   *
   * @throws ShapeException naming the first one that is wrong
   */
  @Override
  default void checkValues(Tensor[] in) {
    Labels.requireClasses(spec(), in, CrossEntropy.NONE);
  }

  @Override
  default boolean differentiable(int k) {
    return k == 0;
  }
}

package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op that begins with its first operand and puts updates into each line of an axis, at indices
 * of its own. Index and updates have x's axes but for that one.
 */
public sealed interface ScatterOp extends LayoutOp, OpContext.ForwardPass
    permits Scatter, ScatterAdd {
  /** The axis; negative: from the end. */
  int axis();

  @Override
  default Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    Along.require(spec(), in[0], 1, in[1], axis());
    spec().requireSameShape(1, 2, in);
    return in[0];
  }

  @Override
  default boolean differentiable(int k) {
    return k != 1;
  }

  /**
   * Puts the updates in.
   *
   * @throws limbeck.engine.tensor.ShapeException naming the first index that is out of range
   */
  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    Ids.requireBelow(spec(), 1, in[1], in[0].shape().axis(axis()));
    if (out.size() > 0) {
      int each = out.shape().axis(axis()) * out.shape().inner(axis());
      c.forward(this, out.shape().outer(axis()), 3L * each, in, out);
    }
  }

  @Override
  default Map<String, Object> settings() {
    return Map.of("axis", axis());
  }
}

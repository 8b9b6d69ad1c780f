package limbeck.engine.op.index;

import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.reduce.ArgMax;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;

/**
 * An op whose result is I32: it steps where its operands cross each other, or has integers alone,
 * and has no gradient.
 */
public sealed interface IndexOp extends Op, OpContext.ForwardPass
    permits BroadcastIndexOp, ArgMax, TopK, ToIntegers {
  @Override
  default boolean differentiable(int k) {
    return false;
  }

  @Override
  default OperandType operandType(int k) {
    return OperandType.FLOATING;
  }

  /** I32. */
  @Override
  default DType resultType(DType operands) {
    return DType.I32;
  }

  /** There is nothing to do. */
  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {}
}

package limbeck.bench.torch;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op, what libtorch computes for it, and operands: F64, or I32 for labels, masks and lengths.
 *
 * @param op ours
 * @param torch theirs
 * @param operands of both
 */
record OracleCase(Op op, TorchFunction torch, List<Tensor> operands) {
  static OracleCase of(Op op, TorchFunction torch, Tensor... operands) {
    return new OracleCase(op, torch, List.of(operands));
  }

  /** The shape of the result. */
  Shape resultShape() {
    return op.infer(operands.stream().map(Tensor::shape).toArray(Shape[]::new));
  }

  /** Whether operand {@code k} has a gradient. */
  boolean differentiable(int k) {
    return op.differentiable(k) && operands.get(k).dtype() == DType.F64;
  }

  /** The most numbers that there are in one tensor: no sum has more terms. */
  int largest() {
    int operand = operands.stream().mapToInt(Tensor::size).max().orElse(1);
    return Math.max(operand, resultShape().size());
  }

  @Override
  public String toString() {
    return op + " on " + Arrays.toString(operands.stream().map(Tensor::shape).toArray());
  }
}

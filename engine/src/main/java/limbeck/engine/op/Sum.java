package limbeck.engine.op;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Sum of all elements, a scalar; in the order of {@link limbeck.engine.kernel.Rows#sum}. */
public record Sum() implements Op {
  private static final OpSpec SPEC = OpSpec.of("sum").operand("x", "...").onnx("ReduceSum", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return Shape.SCALAR;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    out.set(0, c.rows(out).sum(in[0], 0, in[0].size()));
  }

  /** dx = dy everywhere. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    c.rows(out).fill(gradOut.get(0), gradIn[0], 0, gradIn[0].size());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

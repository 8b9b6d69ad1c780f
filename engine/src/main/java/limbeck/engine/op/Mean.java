package limbeck.engine.op;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/** Mean of all elements, a scalar: their sum times the rounded reciprocal of their number. */
public record Mean() implements Op {
  private static final OpSpec SPEC = OpSpec.of("mean").operand("x", "...").onnx("ReduceMean", 18);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    if (in[0].size() == 0) {
      throw new ShapeException("mean: " + spec().describe(0, in[0]) + " has no elements");
    }
    return Shape.SCALAR;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    out.set(0, c.rows(out).sum(in[0], 0, in[0].size()));
    c.rows(out).scale(out, 0, 1.0 / in[0].size(), out, 0, 1);
  }

  /** dx = dy / n everywhere. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    c.rows(out).fill(gradOut.get(0) / in[0].size(), gradIn[0], 0, gradIn[0].size());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package example;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.CustomOp;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** y = x³. */
public record Cube() implements CustomOp {
  private static final OpSpec SPEC = OpSpec.of("cube").operand("x", "...");

  @Override
  public Shape infer(Shape... in) {
    SPEC.requireOperands(in.length);
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Rows r = c.rows(out);
    Tensor x = in[0];
    c.forEach(
        x.size(),
        2,
        (from, to) -> {
          r.mul(x, from, x, from, out, from, to - from);
          r.mul(out, from, x, from, out, from, to - from);
        });
  }

  /** dx = 3x²·dy. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor x = in[0];
    Tensor dx = gradIn[0];
    c.forEach(
        x.size(),
        3,
        (from, to) -> {
          r.mul(x, from, x, from, dx, from, to - from);
          r.scale(dx, from, 3, dx, from, to - from);
          r.mul(dx, from, gradOut, from, dx, from, to - from);
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * A constant in place of some elements: y = x where the mask is 1, {@code value} where it is 0. The
 * mask, I32, may have fewer axes, which count from the last, and axes of size 1: it is repeated
 * along them.
 *
 * @param value the constant, rounded to the operand's type; may be infinite
 */
public record MaskFill(double value) implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("maskFill").operand("x", "...").operand("mask", "...");

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRepeats(1, in);
    return in[0];
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    spec().requireType(1, in[1], DType.I32);
    c.forward(this, out.shape().rows(), out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Mask.choose(c.rows(out), in[1], in[0], 0, null, value, out, from, to);
  }

  /** dx = dy where the mask is 1, else 0. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.shape().rows(),
        out.shape().last(),
        (from, to) -> Mask.choose(r, in[1], gradOut, 0, null, 0, gradIn[0], from, to));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("value", value);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

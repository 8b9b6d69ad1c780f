package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Reciprocal of the square root: y = 1 / √x; +∞ at 0, NaN below. */
public record Rsqrt() implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("rsqrt").operand("x", "...").domain(0.1, 4);

  @Override
  public int cost() {
    return 6;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.reciprocalRoot(in[0], i, out, i, n);
  }

  /** dx = −½ · dy · y³. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    Tensor dx = gradIn[0];
    r.mul(out, i, out, i, dx, i, n);
    r.mul(dx, i, out, i, dx, i, n);
    r.mul(gradOut, i, dx, i, dx, i, n);
    r.scale(dx, i, -0.5, dx, i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

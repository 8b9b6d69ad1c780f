package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Sigmoid linear unit, also called swish: y = x·σ(x) with σ(x) = 1 / (1 + e⁻ˣ). Elfwing, Uchibe and
 * Doya 2018; Ramachandran, Zoph and Le 2017, arXiv:1710.05941.
 */
public record Silu() implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("silu").operand("x", "...").domain(-6, 6);

  @Override
  public int cost() {
    return 14;
  }

  /** Not in place: x is read again when its sigmoid stands in the result. */
  @Override
  public boolean isPiecewise(int k, Shape... in) {
    return false;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.sigmoid(in[0], i, out, i, n);
    r.mul(in[0], i, out, i, out, i, n);
  }

  /** dx = dy · σ·(1 + x·(1 − σ)). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.siluGrad(in[0], i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

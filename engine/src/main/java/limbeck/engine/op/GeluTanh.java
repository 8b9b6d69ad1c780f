package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Gaussian error linear unit, the form by tanh: y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), which
 * differs from {@link Gelu} by less than 5e−4. Computed as x·σ(z) with z = x·(c₁ + c₃·x²), c₁ =
 * 2·√(2/π), c₃ = 0.044715·c₁, because ½·(1 + tanh(z/2)) = σ(z): so that results far below 0 keep
 * their digits. Hendrycks and Gimpel 2016, arXiv:1606.08415.
 */
public record GeluTanh() implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("geluTanh").operand("x", "...").domain(-6, 6);

  @Override
  public int cost() {
    return 16;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.geluTanh(in[0], i, out, i, n);
  }

  /** dx = dy · σ·(1 + t·(1 − σ)), with t = x·dz/dx = x·(c₁ + 3·c₃·x²). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.geluTanhGrad(in[0], i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

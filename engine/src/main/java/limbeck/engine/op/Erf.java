package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Error function: y = 2/√π · ∫₀ˣ e^(−t²) dt. */
public record Erf() implements ElementwiseOp {
  /** 2/√π, the slope at 0. */
  private static final double SLOPE = 1.1283791670955126;

  private static final OpSpec SPEC =
      OpSpec.of("erf").operand("x", "...").domain(-3, 3).onnx("Erf", 9);

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.erf(in[0], i, out, i, n);
  }

  /** dx = dy · 2/√π · e^(−x²). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    Tensor dx = gradIn[0];
    r.mul(in[0], i, in[0], i, dx, i, n);
    r.scale(dx, i, -1, dx, i, n);
    r.exp(dx, i, dx, i, n);
    r.scale(dx, i, SLOPE, dx, i, n);
    r.mul(gradOut, i, dx, i, dx, i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

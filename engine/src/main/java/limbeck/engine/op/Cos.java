package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Cosine of an angle in radians: y = cos x; NaN for infinities. */
public record Cos() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("cos").operand("x", "...").domain(-6, 6).onnx("Cos", 7);

  @Override
  public int cost() {
    return 40;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.cos(in[0], i, out, i, n);
  }

  /** dx = −dy · sin x. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.sin(in[0], i, gradIn[0], i, n);
    r.mul(gradOut, i, gradIn[0], i, gradIn[0], i, n);
    r.scale(gradIn[0], i, -1, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

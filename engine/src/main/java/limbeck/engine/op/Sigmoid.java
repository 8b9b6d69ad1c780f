package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Logistic sigmoid: y = 1 / (1 + e⁻ˣ). */
public record Sigmoid() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("sigmoid").operand("x", "...").domain(-6, 6).onnx("Sigmoid", 6);

  @Override
  public int cost() {
    return 12;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.sigmoid(in[0], i, out, i, n);
  }

  /** dx = dy · y · (1 − y). */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.sigmoidGrad(out, i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

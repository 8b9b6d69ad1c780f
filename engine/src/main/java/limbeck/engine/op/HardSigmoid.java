package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Hard sigmoid: y = min(max(x/6 + 1/2, 0), 1), lines in place of the logistic function. Howard et
 * al. 2019, arXiv:1905.02244, section 5.2. The gradient at ±3 is dy/6.
 */
public record HardSigmoid() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("hardSigmoid")
          .operand("x", "...")
          .domain(-6, 6)
          .kink(-3)
          .kink(3)
          .onnx("HardSigmoid", 6);

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.scale(in[0], i, 1.0 / 6, out, i, n);
    r.addScalar(out, i, 0.5, out, i, n);
    r.clamp(out, i, 0, 1, out, i, n);
  }

  /** dx = dy/6 where −3 ≤ x ≤ 3, else 0. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.clampGrad(in[0], i, -3, 3, gradOut, i, gradIn[0], i, n);
    r.scale(gradIn[0], i, 1.0 / 6, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Hard swish: y = x · min(max(x/6 + 1/2, 0), 1). Howard et al. 2019, arXiv:1905.02244, section 5.2.
 * The gradient at ±3 is that of the middle.
 */
public record HardSwish() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("hardSwish")
          .operand("x", "...")
          .domain(-6, 6)
          .kink(-3)
          .kink(3)
          .onnx("HardSwish", 14);

  @Override
  public int cost() {
    return 2;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.hardSwish(in[0], i, out, i, n);
  }

  /** dx = dy · (x/3 + 1/2) where −3 ≤ x ≤ 3, below 0, above dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.hardSwishGrad(in[0], i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

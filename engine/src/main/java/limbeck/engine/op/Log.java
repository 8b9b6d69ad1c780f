package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Natural logarithm: y = ln x; −∞ for 0, NaN for negative numbers. */
public record Log() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("log").operand("x", "...").domain(0.1, 5).onnx("Log", 6);

  @Override
  public int cost() {
    return 10;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.log(in[0], i, out, i, n);
  }

  /** dx = dy / x. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.div(gradOut, i, in[0], i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

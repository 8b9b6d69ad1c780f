package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Square root: y = √x, correctly rounded; NaN for negative numbers. The slope at 0 is infinite; its
 * gradient there is 0, so that a distance of two equal points pulls them nowhere instead of making
 * NaN of everything before it.
 */
public record Sqrt() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("sqrt").operand("x", "...").domain(0.1, 5).onnx("Sqrt", 6);

  @Override
  public int cost() {
    return 4;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.sqrt(in[0], i, out, i, n);
  }

  /** dx = (½ · dy) / y where y > 0, else 0. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.scale(gradOut, i, 0.5, gradIn[0], i, n);
    r.div(gradIn[0], i, out, i, gradIn[0], i, n);
    r.reluGrad(out, i, gradIn[0], i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

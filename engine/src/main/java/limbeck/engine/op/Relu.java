package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Rectified linear unit: y = max(x, 0). The gradient at 0 is 0. Nair and Hinton 2010. */
public record Relu() implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("relu").operand("x", "...").domain(-3, 3).kink(0).onnx("Relu", 6);

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.relu(in[0], i, out, i, n);
  }

  /** dx = dy where y > 0, else 0. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.reluGrad(out, i, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

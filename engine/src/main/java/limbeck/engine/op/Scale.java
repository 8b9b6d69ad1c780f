package limbeck.engine.op;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Product with a constant: y = factor · x.
 *
 * @param factor rounded to the operand's type
 */
public record Scale(double factor) implements ElementwiseOp {
  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.scale(in[0], i, factor, out, i, n);
  }

  /** dx = factor · dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.scale(gradOut, i, factor, gradIn[0], i, n);
  }

  @Override
  public OpSpec spec() {
    return OpSpec.of("scale").operand("x", "...");
  }
}

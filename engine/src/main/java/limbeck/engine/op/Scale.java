package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Product with a constant: y = factor · x.
 *
 * @param factor rounded to the operand's type
 */
public record Scale(double factor) implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("scale").operand("x", "...");

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
  public Map<String, Object> settings() {
    return Map.of("factor", factor);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

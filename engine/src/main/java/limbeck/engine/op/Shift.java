package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Sum with a constant: y = x + term.
 *
 * @param term rounded to the operand's type
 */
public record Shift(double term) implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("shift").operand("x", "...");

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.addScalar(in[0], i, term, out, i, n);
  }

  /** dx = dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.copy(gradOut, i, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("term", term);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

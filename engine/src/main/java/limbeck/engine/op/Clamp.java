package limbeck.engine.op;

import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * The nearest value within bounds: y = min(max(x, low), high). The gradient is dy at the bounds
 * too.
 *
 * @param low smallest result, −∞ for none; both are rounded to the operand's type
 * @param high largest result, +∞ for none
 */
public record Clamp(double low, double high) implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("clamp").operand("x", "...").domain(-3, 3);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if {@code low} is above {@code high}, or one is NaN
   */
  public Clamp {
    if (!(low <= high)) {
      throw new IllegalArgumentException("clamp: bounds " + low + " and " + high + " hold nothing");
    }
  }

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.clamp(in[0], i, low, high, out, i, n);
  }

  /** dx = dy where low ≤ x ≤ high, else 0. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.clampGrad(in[0], i, low, high, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (Double.isFinite(low)) {
      settings.put("low", low);
    }
    if (Double.isFinite(high)) {
      settings.put("high", high);
    }
    return settings;
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

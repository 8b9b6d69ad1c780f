package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Power with a constant exponent: y = xᵖ, with the special values of {@link StrictMath#pow}: NaN
 * for x &lt; 0 unless p is whole. For p = 0 the gradient is 0 everywhere.
 *
 * @param exponent p, finite as a float, rounded to the operand's type
 */
public record Pow(double exponent) implements ElementwiseOp {
  private static final OpSpec SPEC = OpSpec.of("pow").operand("x", "...").domain(0.1, 4);

  /**
   * Checks the exponent.
   *
   * @throws IllegalArgumentException if it is not finite as a float
   */
  public Pow {
    if (!Float.isFinite((float) exponent)) {
      throw new IllegalArgumentException("pow: exponent " + exponent + " is not finite as a float");
    }
  }

  @Override
  public int cost() {
    return 60;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.power(in[0], i, exponent, out, i, n);
  }

  /** dx = dy · p · xᵖ⁻¹. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.powerGrad(in[0], i, exponent, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("exponent", exponent);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

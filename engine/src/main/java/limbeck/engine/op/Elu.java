package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Exponential linear unit: y = x where x > 0, else alpha · (eˣ − 1). The gradient at 0 is alpha ·
 * dy. Clevert, Unterthiner and Hochreiter 2016, arXiv:1511.07289.
 *
 * @param alpha finite as a float, rounded to the operand's type
 */
public record Elu(double alpha) implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("elu").operand("x", "...").domain(-3, 3).kink(0).onnx("Elu", 6);

  /**
   * Checks alpha.
   *
   * @throws IllegalArgumentException if it is not finite as a float
   */
  public Elu {
    if (!Float.isFinite((float) alpha)) {
      throw new IllegalArgumentException("elu: alpha " + alpha + " is not finite as a float");
    }
  }

  @Override
  public int cost() {
    return 14;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.elu(in[0], i, alpha, out, i, n);
  }

  /** dx = dy where x > 0, else dy · alpha · eˣ. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.eluGrad(in[0], i, alpha, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("alpha", alpha);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Leaky rectified linear unit: y = x where x > 0, else slope · x. The gradient at 0 is slope · dy.
 * Maas, Hannun and Ng 2013.
 *
 * @param slope finite as a float, rounded to the operand's type
 */
public record LeakyRelu(double slope) implements ElementwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("leakyRelu").operand("x", "...").domain(-3, 3).kink(0).onnx("LeakyRelu", 16);

  /**
   * Checks the slope.
   *
   * @throws IllegalArgumentException if it is not finite as a float
   */
  public LeakyRelu {
    if (!Float.isFinite((float) slope)) {
      throw new IllegalArgumentException("leakyRelu: slope " + slope + " is not finite as a float");
    }
  }

  @Override
  public int cost() {
    return 1;
  }

  @Override
  public void forward(Rows r, Tensor[] in, Tensor out, int i, int n) {
    r.leakyRelu(in[0], i, slope, in[0], i, out, i, n);
  }

  /** dx = dy where x > 0, else slope · dy. */
  @Override
  public void backward(
      Rows r, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn, int i, int n) {
    r.leakyRelu(in[0], i, slope, gradOut, i, gradIn[0], i, n);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("slope", slope);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

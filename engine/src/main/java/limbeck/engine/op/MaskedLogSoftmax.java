package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.MaskedSoftmaxKernel;
import limbeck.engine.tensor.Tensor;

/**
 * Logarithm of {@link MaskedSoftmax}: y = x/T − ln Σ e^(x/T), the sum over what the mask keeps; −∞
 * elsewhere.
 *
 * @param temperature T, above 0
 */
public record MaskedLogSoftmax(double temperature) implements MaskedRowwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("maskedLogSoftmax")
          .operand("x", "... classes")
          .operand("mask", "... classes")
          .domain(-5, 5);

  /** At temperature 1. */
  public MaskedLogSoftmax() {
    this(1);
  }

  /** Checks the temperature. */
  public MaskedLogSoftmax {
    Temperature.checked("maskedLogSoftmax", temperature);
  }

  @Override
  public void forward(Rows r, Tensor x, Tensor mask, Tensor y, int from, int to) {
    MaskedSoftmaxKernel.logSoftmax(r, x, 1 / temperature, mask, y, from, to);
  }

  /** dx = (dy − e^y · Σ dy) / T over kept elements; 0 where y is left out. */
  @Override
  public void backward(Rows r, Tensor mask, Tensor y, Tensor dy, Tensor dx, int from, int to) {
    MaskedSoftmaxKernel.logSoftmaxGradient(r, y, 1 / temperature, mask, dy, dx, from, to);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("temperature", temperature);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

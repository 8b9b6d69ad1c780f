package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.MaskedSoftmaxKernel;
import limbeck.engine.tensor.Tensor;

/**
 * Softmax over the kept elements of each row, at a temperature: y = e^(x/T) / Σ e^(x/T), the sum
 * over what the mask keeps; exactly +0 elsewhere. A row with nothing kept, such as that of a query
 * that is padding, is all +0.
 *
 * @param temperature T, above 0
 */
public record MaskedSoftmax(double temperature) implements MaskedRowwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("maskedSoftmax")
          .operand("x", "... classes")
          .operand("mask", "... classes")
          .domain(-5, 5);

  /** At temperature 1. */
  public MaskedSoftmax() {
    this(1);
  }

  /** Checks the temperature. */
  public MaskedSoftmax {
    Temperature.checked("maskedSoftmax", temperature);
  }

  @Override
  public void forward(Rows r, Tensor x, Tensor mask, Tensor y, int from, int to) {
    MaskedSoftmaxKernel.softmax(r, x, 1 / temperature, mask, y, from, to);
  }

  /** dx = (y ⊙ (dy − ⟨y, dy⟩)) / T: 0 where y is left out. */
  @Override
  public void backward(Rows r, Tensor mask, Tensor y, Tensor dy, Tensor dx, int from, int to) {
    MaskedSoftmaxKernel.softmaxGradient(r, y, 1 / temperature, mask, dy, dx, from, to);
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

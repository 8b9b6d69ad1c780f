package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.SoftmaxKernel;
import limbeck.engine.tensor.Tensor;

/**
 * Softmax of each row at a temperature: y = e^(x/T) / Σ e^(x/T). A higher temperature gives a
 * flatter distribution (Hinton, Vinyals and Dean 2015, arXiv:1503.02531, equation 1).
 *
 * @param temperature T, above 0
 */
public record Softmax(double temperature) implements RowwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("softmax").operand("x", "... classes").domain(-5, 5).onnx("Softmax", 13);

  /** Softmax at temperature 1. */
  public Softmax() {
    this(1);
  }

  /** Checks the temperature. */
  public Softmax {
    Temperature.checked("softmax", temperature);
  }

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public void forward(Rows r, Tensor x, Tensor y, int from, int to) {
    SoftmaxKernel.forward(r, x, 1 / temperature, y, from, to);
  }

  /** dx = (y ⊙ (dy − ⟨y, dy⟩)) / T. */
  @Override
  public void backward(Rows r, Tensor x, Tensor y, Tensor dy, Tensor dx, int from, int to) {
    SoftmaxKernel.backward(r, y, 1 / temperature, dy, dx, from, to);
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

package limbeck.engine.op;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.tensor.Tensor;

/**
 * Logarithm of the softmax of each row at a temperature: y = x/T − ln Σ e^(x/T), never the
 * logarithm of a probability.
 *
 * @param temperature T, above 0
 */
public record LogSoftmax(double temperature) implements RowwiseOp {
  private static final OpSpec SPEC =
      OpSpec.of("logSoftmax").operand("x", "... classes").domain(-5, 5).onnx("LogSoftmax", 13);

  /** Log-softmax at temperature 1. */
  public LogSoftmax() {
    this(1);
  }

  /** Checks the temperature. */
  public LogSoftmax {
    Temperature.checked("logSoftmax", temperature);
  }

  @Override
  public int cost() {
    return 20;
  }

  @Override
  public void forward(Rows r, Tensor x, Tensor y, int from, int to) {
    LogSoftmaxKernel.forward(r, x, 1 / temperature, y, from, to);
  }

  /** dx = (dy − e^y · Σ dy) / T. */
  @Override
  public void backward(Rows r, Tensor x, Tensor y, Tensor dy, Tensor dx, int from, int to) {
    LogSoftmaxKernel.backward(r, y, 1 / temperature, dy, dx, from, to);
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

package limbeck.bench.torch;

import java.util.List;
import limbeck.engine.tensor.Shape;

/**
 * What one of the two computed.
 *
 * @param parts the result, then the gradients that there are, by ascending operand
 */
record Answer(List<Part> parts) {
  /**
   * One tensor of it.
   *
   * @param name for messages: {@code result}, or {@code gradient of operand 0}
   */
  record Part(String name, Shape shape, double[] values) {}

  static String gradient(int operand) {
    return "gradient of operand " + operand;
  }
}

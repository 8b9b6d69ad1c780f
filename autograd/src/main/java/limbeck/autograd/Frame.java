package limbeck.autograd;

import java.util.Arrays;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The arrays that one call of an op needs, one entry per operand. They are used again for the next
 * op with as many operands, which is why an op keeps none of them.
 */
final class Frame {
  final Tensor[] values;
  final Shape[] shapes;

  /** Where backward writes the gradients of this call; null where none is wanted. */
  final Tensor[] terms;

  /** What those terms are added to; null where a term is the first of its operand. */
  final Tensor[] sums;

  private Frame(int operands) {
    values = new Tensor[operands];
    shapes = new Shape[operands];
    terms = new Tensor[operands];
    sums = new Tensor[operands];
  }

  /** Fills in values and shapes. */
  void read(Var[] in) {
    for (int k = 0; k < in.length; k++) {
      values[k] = in[k].value();
      shapes[k] = values[k].shape();
    }
  }

  /** The frames of one execution, made as they are needed. */
  static final class Pool {
    private Frame[] frames = new Frame[4];

    Frame of(int operands) {
      if (operands >= frames.length) {
        frames = Arrays.copyOf(frames, operands + 1);
      }
      if (frames[operands] == null) {
        frames[operands] = new Frame(operands);
      }
      return frames[operands];
    }
  }
}

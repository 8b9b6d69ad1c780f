package limbeck.autograd;

import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * State of a module that is saved with its parameters but not learned by gradient: running
 * statistics, for example. It has the floating type of its model, and starts anew when the model is
 * laid out by {@code init} or {@code allocate}.
 */
public final class Buffer {
  private final Shape shape;
  private final double start;
  private Tensor value;

  Buffer(Shape shape, double start) {
    this.shape = shape;
    this.start = start;
    allocate(DType.F32);
  }

  void allocate(DType type) {
    value = Tensor.zeros(type, shape);
    value.fill(start);
  }

  /** The axes. */
  public Shape shape() {
    return shape;
  }

  /** The numbers, for reading and writing. Another tensor after the model is laid out again. */
  public Tensor value() {
    return value;
  }

  /** The numbers as a constant operand of an op. */
  public Var constant() {
    return Var.of(value);
  }
}

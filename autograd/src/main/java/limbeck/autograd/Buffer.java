package limbeck.autograd;

import java.util.function.Consumer;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers of a module that are not learned by gradient: state that is saved with its parameters, as
 * running statistics are, or a constant. It has the floating type of its model, and starts anew
 * when the model is laid out by {@code init} or {@code allocate}.
 */
public final class Buffer {
  private final Shape shape;
  private final Consumer<Tensor> start;
  private Tensor value;

  /** A buffer that {@code start} fills. */
  Buffer(Shape shape, Consumer<Tensor> start) {
    this.shape = shape;
    this.start = start;
    allocate(DType.F32);
  }

  void allocate(DType type) {
    value = Tensor.zeros(type, shape);
    start.accept(value);
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

package limbeck.engine.op.loss;

import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** What a loss leaves for its backward pass: tensors of the outputs' shape, one after another. */
final class SavedParts {
  private SavedParts() {}

  /** The tensor of that number, all examples of it. */
  static Tensor part(Tensor saved, Shape shape, int number) {
    int from = number * shape.size();
    return saved.slice(from, from + shape.size()).reshape(shape);
  }
}

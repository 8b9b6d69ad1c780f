package limbeck.kd.data;

import limbeck.engine.tensor.Tensor;

/**
 * Examples that are numbers, all of one shape.
 *
 * @param x [batch, …]
 */
public record TensorInputs(Tensor x) implements Inputs {
  @Override
  public int size() {
    return x.shape().axis(0);
  }
}

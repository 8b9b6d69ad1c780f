package limbeck.kd;

import limbeck.engine.tensor.Tensor;

/**
 * Examples of one step.
 *
 * @param x inputs [batch, …]
 * @param labels class indices [batch], I32
 * @param indices number of each example in its data set
 */
public record Batch(Tensor x, Tensor labels, int[] indices) {
  /** The number of examples. */
  public int size() {
    return x.shape().axis(0);
  }
}

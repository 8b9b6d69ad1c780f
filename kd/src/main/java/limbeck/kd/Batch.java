package limbeck.kd;

import limbeck.engine.tensor.Tensor;

/**
 * Examples of one step.
 *
 * @param x inputs [batch, …]
 * @param labels class indices [batch], I32
 * @param indices number of each example in its data set
 * @param progress where in the training this step is
 */
public record Batch(Tensor x, Tensor labels, int[] indices, Progress progress) {
  /** Examples outside of a training. */
  public Batch(Tensor x, Tensor labels, int[] indices) {
    this(x, labels, indices, Progress.START);
  }

  /** This batch at some point of a training. */
  public Batch at(Progress where) {
    return new Batch(x, labels, indices, where);
  }

  /** The number of examples. */
  public int size() {
    return x.shape().axis(0);
  }
}

package limbeck.kd;

import limbeck.engine.tensor.Tensor;
import limbeck.kd.data.Inputs;
import limbeck.kd.data.TensorInputs;

/**
 * Examples of one step.
 *
 * @param inputs what networks are shown
 * @param labels class indices [batch], I32; null where examples have scores
 * @param indices number of each example in its data set
 * @param progress where in the training this step is
 * @param targets [batch, classes] where examples are mixed with others, as by {@link
 *     limbeck.kd.vision.Mixup}: the share of each class in the mixture; null where each is of one
 *     class
 * @param scores [batch, 1], F32, where examples have scores and no classes; else null
 */
public record Batch(
    Inputs inputs, Tensor labels, int[] indices, Progress progress, Tensor targets, Tensor scores) {
  /** Examples with classes, at some point of a training. */
  public Batch(Inputs inputs, Tensor labels, int[] indices, Progress progress, Tensor targets) {
    this(inputs, labels, indices, progress, targets, null);
  }

  /** Examples of one class each, at some point of a training. */
  public Batch(Inputs inputs, Tensor labels, int[] indices, Progress progress) {
    this(inputs, labels, indices, progress, null);
  }

  /** Examples outside of a training. */
  public Batch(Inputs inputs, Tensor labels, int[] indices) {
    this(inputs, labels, indices, Progress.START);
  }

  /** Examples that are numbers [batch, …], outside of a training. */
  public Batch(Tensor x, Tensor labels, int[] indices) {
    this(new TensorInputs(x), labels, indices);
  }

  /** This batch at some point of a training. */
  public Batch at(Progress where) {
    return new Batch(inputs, labels, indices, where, targets, scores);
  }

  /**
   * Class indices [batch], I32.
   *
   * @throws IllegalStateException if the examples are mixed, so that none is of one class: see
   *     {@link #targets}; or have {@link #scores}
   */
  @Override
  public Tensor labels() {
    if (scored()) {
      throw new IllegalStateException("batch: its examples have scores, not labels");
    }
    if (mixed()) {
      throw new IllegalStateException(
          "batch: its examples are mixed and have no single label; use its targets");
    }
    return labels;
  }

  /** Whether examples are mixed with others. */
  public boolean mixed() {
    return targets != null;
  }

  /** Whether examples have scores, and no classes. */
  public boolean scored() {
    return scores != null;
  }

  /** The number of examples. */
  public int size() {
    return inputs.size();
  }
}

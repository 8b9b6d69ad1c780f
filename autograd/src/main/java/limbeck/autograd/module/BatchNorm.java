package limbeck.autograd.module;

import limbeck.autograd.Buffer;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.nn.BatchNormInference;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Batch norm of x [batch, channels], [batch, channels, length] or [batch, channels, height, width]:
 * y = weight · (x − μ)/√(σ² + ε) + bias, channel by channel. Parameters {@code weight}, at first
 * ones, and {@code bias}, at first zeros; buffers {@code running_mean}, at first zeros, and {@code
 * running_var}, at first ones; all [channels]. Ioffe and Szegedy 2015, arXiv:1502.03167.
 *
 * <p>In training μ and σ² are those of the batch ({@link limbeck.engine.op.nn.BatchNorm}), and the
 * running statistics move towards them: running = (1 − momentum) · running + momentum · batch, the
 * variance taken over m − 1 of m elements there. That is done by the first forward pass of a
 * training step, that is, after each call of {@link #train}: to go through the layer once more in a
 * step changes nothing. In evaluation μ and σ² are the running statistics ({@link
 * BatchNormInference}).
 *
 * <p>PyTorch's {@code num_batches_tracked} is not kept: nothing is computed from it.
 */
public final class BatchNorm extends Module {
  /** What is added to the variance unless one says otherwise. */
  public static final double EPSILON = 1e-5;

  /** The share of a new batch in the running statistics unless one says otherwise. */
  public static final double MOMENTUM = 0.1;

  private final limbeck.engine.op.nn.BatchNorm training;
  private final BatchNormInference evaluation;
  private final double momentum;
  private final Parameter weight;
  private final Parameter bias;
  private final Buffer runningMean;
  private final Buffer runningVar;

  /** That of the step whose batch the running statistics have seen last. */
  private Mode seen;

  /**
   * A layer with ε = {@value #EPSILON} and momentum {@value #MOMENTUM}.
   *
   * @throws IllegalArgumentException if there are no channels
   */
  public BatchNorm(int channels) {
    this(channels, EPSILON, MOMENTUM);
  }

  /**
   * A layer with settings of one's choice.
   *
   * @param momentum the share of a new batch in the running statistics
   * @throws IllegalArgumentException if there are no channels, ε is not above 0, or the momentum
   *     not in [0, 1]
   */
  public BatchNorm(int channels, double epsilon, double momentum) {
    if (channels < 1) {
      throw new IllegalArgumentException("batchNorm: " + channels + " channels, 1 at least");
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batchNorm: momentum " + momentum + ", a number from 0 to 1 expected");
    }
    training = new limbeck.engine.op.nn.BatchNorm(epsilon);
    evaluation = new BatchNormInference(epsilon);
    this.momentum = momentum;
    Shape shape = Shape.of(channels);
    weight = parameter("weight", shape, Init.constant(1));
    bias = parameter("bias", shape, Init.constant(0));
    runningMean = buffer("running_mean", shape, 0);
    runningVar = buffer("running_var", shape, 1);
  }

  /** The factors [channels]. */
  public Parameter weight() {
    return weight;
  }

  /** The shifts [channels]. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public Var forward(Var x) {
    if (!mode().training()) {
      return x.apply(evaluation, weight, bias, runningMean.constant(), runningVar.constant());
    }
    Var y = x.apply(training, weight, bias);
    if (seen != mode()) { // the very object: each call of train makes one
      seen = mode();
      update(y.saved(), y.shape().size() / weight.shape().size());
    }
    return y;
  }

  /**
   * Moves the running statistics.
   *
   * @param batch [2, channels]: means, then variances over all elements
   * @param elements of a channel
   */
  private void update(Tensor batch, int elements) {
    int channels = weight.shape().size();
    double unbiased = elements / (elements - 1.0);
    for (int channel = 0; channel < channels; channel++) {
      move(runningMean.value(), channel, batch.get(channel));
      move(runningVar.value(), channel, unbiased * batch.get(channels + channel));
    }
  }

  private void move(Tensor running, int channel, double value) {
    running.set(channel, (1 - momentum) * running.get(channel) + momentum * value);
  }
}

package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;

/**
 * Instance norm of x [batch, channels, space …]: y = (x − μ)/√(σ² + ε) with mean and variance of
 * each plane, which is {@link GroupNorm} with a group for each channel. With or without parameters
 * {@code weight} and {@code bias} [channels]. Ulyanov, Vedaldi and Lempitsky 2016,
 * arXiv:1607.08022.
 */
public final class InstanceNorm extends Module {
  private final int channels;
  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /** A layer without parameters, with ε = {@value GroupNorm#EPSILON}. */
  public InstanceNorm(int channels) {
    this(channels, GroupNorm.EPSILON, false);
  }

  /**
   * A layer.
   *
   * @param affine whether there are factors, at first ones, and shifts, at first zeros
   * @throws IllegalArgumentException if there are no channels, or ε is not above 0
   */
  public InstanceNorm(int channels, double epsilon, boolean affine) {
    if (channels < 1) {
      throw new IllegalArgumentException("instanceNorm: " + channels + " channels, 1 at least");
    }
    this.channels = channels;
    this.epsilon = GroupNorm.aboveZero("instanceNorm", epsilon);
    Shape shape = Shape.of(channels);
    weight = affine ? parameter("weight", shape, Init.constant(1)) : null;
    bias = affine ? parameter("bias", shape, Init.constant(0)) : null;
  }

  @Override
  public Var forward(Var x) {
    Var y = GroupNorm.standardised(x, channels, epsilon);
    return weight == null
        ? y
        : y.times(PerChannel.of(weight, x.shape())).plus(PerChannel.of(bias, x.shape()));
  }
}

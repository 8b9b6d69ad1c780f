package limbeck.autograd.module;

import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Clamp;
import limbeck.engine.op.Relu;
import limbeck.engine.tensor.Shape;

/**
 * Rectified linear unit with learnt slopes: y = x where x > 0, else weight · x. Parameter {@code
 * weight} [channels], at first 0.25, the slopes of channels of x [batch, channels, …], or [1], one
 * for all. He, Zhang, Ren and Sun 2015, arXiv:1502.01852, section 2.1.
 */
public final class PRelu extends Module {
  private static final double FIRST = 0.25;

  private final Parameter weight;

  /** One slope for all elements. */
  public PRelu() {
    this(1);
  }

  /**
   * A slope for each channel.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PRelu(int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("pRelu: " + channels + " channels, 1 at least");
    }
    weight = parameter("weight", Shape.of(channels), Init.constant(FIRST));
  }

  @Override
  public Var forward(Var x) {
    Var below = x.apply(new Clamp(Double.NEGATIVE_INFINITY, 0));
    return x.apply(new Relu()).plus(below.times(PerChannel.of(weight, x.shape())));
  }
}

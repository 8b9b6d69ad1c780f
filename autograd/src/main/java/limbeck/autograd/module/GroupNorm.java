package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.autograd.Module;
import limbeck.autograd.Parameter;
import limbeck.autograd.Var;
import limbeck.engine.op.Rsqrt;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.Shape;

/**
 * Group norm of x [batch, channels, space …]: y = weight · (x − μ)/√(σ² + ε) + bias, with mean and
 * variance of each example's elements in a group of neighbouring channels; with parameters {@code
 * weight} [channels], at first ones, and {@code bias} [channels], at first zeros. Unlike batch norm
 * it is the same in training and evaluation. Wu and He 2018, arXiv:1803.08494.
 */
public final class GroupNorm extends Module {
  /** What is added to the variance unless one says otherwise. */
  public static final double EPSILON = 1e-5;

  private final int groups;
  private final double epsilon;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A layer with ε = {@value #EPSILON}.
   *
   * @throws IllegalArgumentException if the channels cannot be shared out among the groups
   */
  public GroupNorm(int groups, int channels) {
    this(groups, channels, EPSILON);
  }

  /**
   * A layer.
   *
   * @param epsilon above 0
   * @throws IllegalArgumentException if the channels cannot be shared out among the groups, or ε is
   *     not above 0
   */
  public GroupNorm(int groups, int channels, double epsilon) {
    if (groups < 1 || channels < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "groupNorm: " + channels + " channels do not fall into " + groups + " equal groups");
    }
    this.groups = groups;
    this.epsilon = aboveZero("groupNorm", epsilon);
    Shape shape = Shape.of(channels);
    weight = parameter("weight", shape, Init.constant(1));
    bias = parameter("bias", shape, Init.constant(0));
  }

  static double aboveZero(String who, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(who + ": epsilon " + epsilon + " is not above 0");
    }
    return epsilon;
  }

  @Override
  public Var forward(Var x) {
    return standardised(x, groups, epsilon)
        .times(PerChannel.of(weight, x.shape()))
        .plus(PerChannel.of(bias, x.shape()));
  }

  /** (x − μ)/√(σ² + ε) for groups of channels. */
  static Var standardised(Var x, int groups, double epsilon) {
    Var rows = x.reshape(0, groups, -1);
    Var centred = rows.minus(rows.apply(new Mean(List.of(-1), true)));
    Var variance = rows.apply(new Variance(List.of(-1), true, 0));
    int[] axes = x.shape().toArray();
    axes[0] = 0; // any batch
    return centred.times(variance.plus(epsilon).apply(new Rsqrt())).reshape(axes);
  }
}

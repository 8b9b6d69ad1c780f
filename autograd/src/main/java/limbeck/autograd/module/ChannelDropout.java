package limbeck.autograd.module;

import java.util.Arrays;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;

/**
 * Zeroes whole channels of x [batch, channels, space …] at random in training and scales up the
 * others, and does nothing in evaluation: neighbouring elements of a feature map say nearly the
 * same, and dropping some of them alone would hide nothing. Tompson et al. 2015, arXiv:1411.4280,
 * section 3.2; PyTorch's {@code Dropout2d}.
 */
public final class ChannelDropout extends SharedDropout {
  /**
   * A layer that zeroes channels with probability {@code rate}.
   *
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public ChannelDropout(double rate) {
    super(rate);
  }

  @Override
  Shape decisions(Shape x) {
    if (x.rank() < 2) {
      throw new ShapeException("channelDropout: x " + x + " is no [batch, channels, …]");
    }
    int[] axes = x.toArray();
    Arrays.fill(axes, 2, axes.length, 1);
    return Shape.of(axes);
  }
}

package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.engine.kernel.composite.Window;

/**
 * Convolution of images: x [batch, in, height, width] to y [batch, out, rows, columns], with
 * parameters {@code weight} [out, in / groups, kh, kw] and, if wanted, {@code bias} [out]; both
 * start uniform in ±1/√(in / groups · kh · kw). See {@link limbeck.engine.op.nn.Conv}.
 *
 * <pre>{@code
 * new Conv2d(3, 16, 3)                                              // a window of 3 by 3
 * new Conv2d(16, 32, Window.of(3).withStride(2).withPadding(1), false)
 * }</pre>
 */
public final class Conv2d extends Convolution {
  /**
   * A layer with a square window of stride 1 and no padding, and biases.
   *
   * @throws IllegalArgumentException if there are no channels, or the window has no size; likewise
   *     for all constructors
   */
  public Conv2d(int in, int out, int size) {
    this(in, out, Window.of(size), true);
  }

  /** A layer whose window slides alike down and across. */
  public Conv2d(int in, int out, Window window, boolean bias) {
    this(in, out, window, window, 1, bias);
  }

  /**
   * A layer in groups, with a window of one's choice.
   *
   * @param groups that channels fall into: as many as channels make it depthwise
   * @throws IllegalArgumentException if {@code in} or {@code out} is no multiple of that
   */
  public Conv2d(int in, int out, Window down, Window across, int groups, boolean bias) {
    this(in, out, down, across, groups, bias, null);
  }

  /**
   * A layer with an initialiser of one's choice for the weights.
   *
   * @param weightInit for example {@link Init#he}; null for the usual one
   */
  public Conv2d(
      int in, int out, Window down, Window across, int groups, boolean bias, Init weightInit) {
    super(in, out, List.of(down, across), groups, bias, weightInit);
  }
}

package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Init;
import limbeck.engine.kernel.composite.Window;

/**
 * Convolution of sequences: x [batch, in, length] to y [batch, out, positions], with parameters
 * {@code weight} [out, in / groups, k] and, if wanted, {@code bias} [out]; both start uniform in
 * ±1/√(in / groups · k). See {@link limbeck.engine.op.nn.Conv}.
 */
public final class Conv1d extends Convolution {
  /**
   * A layer with a window of stride 1 and no padding, and biases.
   *
   * @throws IllegalArgumentException if there are no channels, or the window has no size; likewise
   *     for all constructors
   */
  public Conv1d(int in, int out, int size) {
    this(in, out, Window.of(size), 1, true);
  }

  /**
   * A layer in groups, with a window of one's choice.
   *
   * @param groups that channels fall into: as many as channels make it depthwise
   * @throws IllegalArgumentException if {@code in} or {@code out} is no multiple of that
   */
  public Conv1d(int in, int out, Window window, int groups, boolean bias) {
    this(in, out, window, groups, bias, null);
  }

  /**
   * A layer with an initialiser of one's choice for the weights.
   *
   * @param weightInit for example {@link Init#he}; null for the usual one
   */
  public Conv1d(int in, int out, Window window, int groups, boolean bias, Init weightInit) {
    super(in, out, List.of(window), groups, bias, weightInit);
  }
}

package limbeck.autograd.module;

import java.util.List;
import limbeck.engine.kernel.composite.Window;

/**
 * Transposed convolution of sequences: x [batch, in, length] to y [batch, out, positions], longer
 * where the stride is above 1, with parameters {@code weight} [in, out / groups, k] and, if wanted,
 * {@code bias} [out]; both start uniform in ±1/√(out / groups · k), as PyTorch's do. See {@link
 * limbeck.engine.op.nn.ConvTranspose}.
 */
public final class ConvTranspose1d extends Convolution {
  /**
   * A layer in one group, with biases.
   *
   * @throws IllegalArgumentException if there are no channels
   */
  public ConvTranspose1d(int in, int out, Window window) {
    this(in, out, window, 0, 1, true);
  }

  /**
   * A layer in groups.
   *
   * @param extra elements added at the end of y, below the stride
   * @param groups that channels fall into
   * @throws IllegalArgumentException if {@code in} or {@code out} is no multiple of that, or as
   *     much is added as the stride
   */
  public ConvTranspose1d(int in, int out, Window window, int extra, int groups, boolean bias) {
    super(in, out, List.of(window), List.of(extra), groups, bias);
  }
}

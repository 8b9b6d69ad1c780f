package limbeck.autograd.module;

import java.util.List;
import limbeck.engine.kernel.composite.Window;

/**
 * Transposed convolution of images: x [batch, in, height, width] to y [batch, out, rows, columns],
 * larger where the stride is above 1, with parameters {@code weight} [in, out / groups, kh, kw]
 * and, if wanted, {@code bias} [out]; both start uniform in ±1/√(out / groups · kh · kw), as
 * PyTorch's do. See {@link limbeck.engine.op.nn.ConvTranspose}.
 *
 * <pre>{@code
 * new ConvTranspose2d(16, 8, new Window(4, 2, 1, 1))   // planes of twice the size
 * }</pre>
 */
public final class ConvTranspose2d extends Convolution {
  /**
   * A layer whose window slides alike down and across, with biases.
   *
   * @throws IllegalArgumentException if there are no channels
   */
  public ConvTranspose2d(int in, int out, Window window) {
    this(in, out, window, window, List.of(0, 0), 1, true);
  }

  /**
   * A layer in groups, with a window of one's choice.
   *
   * @param extra elements added at the end of each axis of y, below the strides
   * @param groups that channels fall into
   * @throws IllegalArgumentException if {@code in} or {@code out} is no multiple of that, or an
   *     axis gets as much as the stride
   */
  public ConvTranspose2d(
      int in, int out, Window down, Window across, List<Integer> extra, int groups, boolean bias) {
    super(in, out, List.of(down, across), extra, groups, bias);
  }
}

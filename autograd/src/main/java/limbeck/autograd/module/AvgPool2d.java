package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.AvgPool;

/**
 * The mean of what a window covers: x [batch, channels, height, width] to y [batch, channels, rows,
 * columns]. See {@link AvgPool}.
 */
public final class AvgPool2d extends Module {
  private final AvgPool op;

  /**
   * A layer with square windows side by side.
   *
   * @throws IllegalArgumentException if the size is below 1
   */
  public AvgPool2d(int size) {
    this(Window.of(size).withStride(size), Window.of(size).withStride(size), true);
  }

  /**
   * A layer with a window of one's choice.
   *
   * @param countIncludePad whether zeros of the padding count as elements
   * @throws IllegalArgumentException if one has a dilation, or padding above half of its size
   */
  public AvgPool2d(Window down, Window across, boolean countIncludePad) {
    op = new AvgPool(List.of(down, across), countIncludePad);
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.nn.MaxPool;

/**
 * The largest element that a window covers: x [batch, channels, height, width] to y [batch,
 * channels, rows, columns]. See {@link MaxPool}.
 */
public final class MaxPool2d extends Module {
  private final MaxPool op;

  /**
   * A layer with square windows side by side.
   *
   * @throws IllegalArgumentException if the size is below 1
   */
  public MaxPool2d(int size) {
    this(Window.of(size).withStride(size), Window.of(size).withStride(size));
  }

  /**
   * A layer with a window of one's choice.
   *
   * @throws IllegalArgumentException if one has a dilation, or padding above half of its size
   */
  public MaxPool2d(Window down, Window across) {
    op = new MaxPool(List.of(down, across));
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

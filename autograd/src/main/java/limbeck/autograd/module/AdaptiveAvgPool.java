package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * Means of as many windows as asked for, whatever the size of a plane: x [batch, channels, height,
 * width] to y [batch, channels, rows, columns], or sequences likewise. See {@link
 * limbeck.engine.op.nn.AdaptiveAvgPool}.
 */
public final class AdaptiveAvgPool extends Module {
  private final limbeck.engine.op.nn.AdaptiveAvgPool op;

  /**
   * A layer for sequences.
   *
   * @throws IllegalArgumentException if the length is below 1
   */
  public AdaptiveAvgPool(int length) {
    op = new limbeck.engine.op.nn.AdaptiveAvgPool(List.of(length));
  }

  /**
   * A layer for images.
   *
   * @throws IllegalArgumentException if a size is below 1
   */
  public AdaptiveAvgPool(int rows, int columns) {
    op = new limbeck.engine.op.nn.AdaptiveAvgPool(List.of(rows, columns));
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

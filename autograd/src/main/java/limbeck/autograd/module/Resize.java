package limbeck.autograd.module;

import java.util.List;
import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * Planes of another size by interpolation: x [batch, channels, height, width] to y [batch,
 * channels, rows, columns], or sequences likewise. See {@link limbeck.engine.op.nn.Resize}.
 */
public final class Resize extends Module {
  private final limbeck.engine.op.nn.Resize op;

  private Resize(boolean linear, List<Integer> sizes) {
    op = new limbeck.engine.op.nn.Resize(sizes, linear);
  }

  /**
   * Mixes neighbours by their distances.
   *
   * @param sizes the sizes of y, one of a sequence or two of an image
   * @throws IllegalArgumentException if there are not one or two, or one is below 1
   */
  public static Resize linear(Integer... sizes) {
    return new Resize(true, List.of(sizes));
  }

  /**
   * Takes the element that covers the place.
   *
   * @param sizes the sizes of y, one of a sequence or two of an image
   * @throws IllegalArgumentException if there are not one or two, or one is below 1
   */
  public static Resize nearest(Integer... sizes) {
    return new Resize(false, List.of(sizes));
  }

  @Override
  public Var forward(Var x) {
    return x.apply(op);
  }
}

package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.ShapeException;

/**
 * A block that learns a difference: y = activation(body(x) + shortcut(x)), with children {@code
 * body}, {@code shortcut} and {@code activation}. He et al. 2016, arXiv:1512.03385.
 *
 * <p>The shortcut is x itself ({@code new Sequential()}) where the body keeps the shape, otherwise
 * something small that changes it likewise, such as a convolution with a window of one element.
 * Both must give one shape: neither is stretched to the other.
 */
public final class Residual extends Module {
  private final Module body;
  private final Module shortcut;
  private final Module activation;

  /** A block whose shortcut is x itself, with a rectifier after the sum. */
  public Residual(Module body) {
    this(body, new Sequential(), Activation.relu());
  }

  /** A block of these parts. */
  public Residual(Module body, Module shortcut, Module activation) {
    this.body = child("body", body);
    this.shortcut = child("shortcut", shortcut);
    this.activation = child("activation", activation);
  }

  /**
   * As above.
   *
   * @throws ShapeException if body and shortcut give different shapes
   */
  @Override
  public Var forward(Var x) {
    Var difference = body.forward(x);
    Var kept = shortcut.forward(x);
    if (!difference.shape().equals(kept.shape())) {
      throw new ShapeException(
          "residual: body gives "
              + difference.shape()
              + " and shortcut gives "
              + kept.shape()
              + ", equal shapes expected");
    }
    return activation.forward(difference.plus(kept));
  }
}

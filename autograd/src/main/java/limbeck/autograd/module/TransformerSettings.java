package limbeck.autograd.module;

import limbeck.engine.op.ElementwiseOp;
import limbeck.engine.op.Relu;

/**
 * Sizes and choices of transformer layers. {@link #of} takes the sizes, for the rest PyTorch's
 * defaults; methods change one thing each:
 *
 * <pre>{@code
 * TransformerSettings.of(256, 4, 1024).activation(new Gelu()).normFirst(true)
 * }</pre>
 *
 * @param width of each step (PyTorch: d_model), a multiple of {@code heads}
 * @param heads of each attention (nhead)
 * @param hidden units between the two linear maps (dim_feedforward)
 * @param dropout of attention weights, hidden units and each part's result
 * @param activation of the hidden units
 * @param normFirst whether each part's input is normalised (norm_first), not the sum after it.
 *     Xiong et al. 2020, arXiv:2002.04745
 * @param epsilon of the norms (layer_norm_eps)
 */
public record TransformerSettings(
    int width,
    int heads,
    int hidden,
    double dropout,
    ElementwiseOp activation,
    boolean normFirst,
    double epsilon) {

  /** Checks sizes; rates and the like are checked by the layers that have them. */
  public TransformerSettings {
    if (width < 1 || heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "transformer: a width of " + width + " does not split into " + heads + " heads");
    }
    if (hidden < 1) {
      throw new IllegalArgumentException("transformer: " + hidden + " hidden units, 1 at least");
    }
  }

  /** Dropout 0.1, rectified units, norms last with ε = 1e−5. */
  public static TransformerSettings of(int width, int heads, int hidden) {
    return new TransformerSettings(width, heads, hidden, 0.1, new Relu(), false, LayerNorm.EPSILON);
  }

  /** With another rate of dropout. */
  public TransformerSettings dropout(double rate) {
    return new TransformerSettings(width, heads, hidden, rate, activation, normFirst, epsilon);
  }

  /** With another activation. */
  public TransformerSettings activation(ElementwiseOp op) {
    return new TransformerSettings(width, heads, hidden, dropout, op, normFirst, epsilon);
  }

  /** With norms first or last. */
  public TransformerSettings normFirst(boolean first) {
    return new TransformerSettings(width, heads, hidden, dropout, activation, first, epsilon);
  }

  /** With another ε. */
  public TransformerSettings epsilon(double added) {
    return new TransformerSettings(width, heads, hidden, dropout, activation, normFirst, added);
  }

  MultiHeadAttention attention() {
    return new MultiHeadAttention(width, width, heads, dropout);
  }

  LayerNorm norm() {
    return new LayerNorm(width, epsilon);
  }
}

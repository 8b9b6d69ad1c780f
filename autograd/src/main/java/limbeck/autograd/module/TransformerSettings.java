package limbeck.autograd.module;

import limbeck.autograd.Init;
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
 * @param dropout of each part's result
 * @param attentionDropout of attention weights
 * @param hiddenDropout of hidden units
 * @param activation of the hidden units
 * @param normFirst whether each part's input is normalised (norm_first), not the sum after it.
 *     Xiong et al. 2020, arXiv:2002.04745
 * @param epsilon of the norms (layer_norm_eps)
 * @param deviation with which all weights of linear maps start, normal around 0, as in BERT; 0: as
 *     PyTorch starts them, see {@link MultiHeadAttention} and {@link Linear}. Biases likewise start
 *     at 0, or as there
 */
public record TransformerSettings(
    int width,
    int heads,
    int hidden,
    double dropout,
    double attentionDropout,
    double hiddenDropout,
    ElementwiseOp activation,
    boolean normFirst,
    double epsilon,
    double deviation) {

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

  /** Dropout 0.1 everywhere, rectified units, norms last with ε = 1e−5, weights as PyTorch's. */
  public static TransformerSettings of(int width, int heads, int hidden) {
    return new TransformerSettings(
        width, heads, hidden, 0.1, 0.1, 0.1, new Relu(), false, LayerNorm.EPSILON, 0);
  }

  /** With another rate of dropout, everywhere. */
  public TransformerSettings dropout(double rate) {
    return dropout(rate, rate, rate);
  }

  /** With other rates of dropout: of each part's result, of attention weights, of hidden units. */
  public TransformerSettings dropout(double results, double attention, double units) {
    return new TransformerSettings(
        width, heads, hidden, results, attention, units, activation, normFirst, epsilon, deviation);
  }

  /** With another activation. */
  public TransformerSettings activation(ElementwiseOp op) {
    return new TransformerSettings(
        width,
        heads,
        hidden,
        dropout,
        attentionDropout,
        hiddenDropout,
        op,
        normFirst,
        epsilon,
        deviation);
  }

  /** With norms first or last. */
  public TransformerSettings normFirst(boolean first) {
    return new TransformerSettings(
        width,
        heads,
        hidden,
        dropout,
        attentionDropout,
        hiddenDropout,
        activation,
        first,
        epsilon,
        deviation);
  }

  /** With another ε. */
  public TransformerSettings epsilon(double added) {
    return new TransformerSettings(
        width,
        heads,
        hidden,
        dropout,
        attentionDropout,
        hiddenDropout,
        activation,
        normFirst,
        added,
        deviation);
  }

  /** With weights that start normal, with this standard deviation. */
  public TransformerSettings deviation(double initial) {
    return new TransformerSettings(
        width,
        heads,
        hidden,
        dropout,
        attentionDropout,
        hiddenDropout,
        activation,
        normFirst,
        epsilon,
        initial);
  }

  MultiHeadAttention attention() {
    return deviation == 0
        ? new MultiHeadAttention(width, width, heads, attentionDropout)
        : new MultiHeadAttention(width, width, heads, attentionDropout, Init.normal(deviation));
  }

  LayerNorm norm() {
    return new LayerNorm(width, epsilon);
  }

  /** The map to the hidden units. */
  Linear first() {
    return linear(width, hidden);
  }

  /** The map from the hidden units. */
  Linear second() {
    return linear(hidden, width);
  }

  private Linear linear(int in, int out) {
    return deviation == 0
        ? new Linear(in, out)
        : new Linear(in, out, Init.normal(deviation), Init.constant(0));
  }
}

package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * An encoder layer of a transformer: attention of each step to all steps, then two linear maps with
 * an activation between them, each of the two parts with a residual connection, a norm and dropout.
 * x [batch, steps, width] and the result have one shape. Vaswani et al. 2017, arXiv:1706.03762,
 * section 3.1. In causal order it is a layer of a language model.
 *
 * <p>With norms last, x ← norm1(x + dropout1(self_attn(x))), then x ← norm2(x + dropout2(f(x)));
 * with norms first, x ← x + dropout1(self_attn(norm1(x))), then x ← x + dropout2(f(norm2(x)));
 * where f is linear2(dropout(activation(linear1(x)))), and attention has dropout of its weights
 * too.
 *
 * <p>Parameters have the names of PyTorch's {@code TransformerEncoderLayer}: {@code linear1},
 * {@code linear2}, {@code norm1}, {@code norm2}, each with weight and bias; those of {@code
 * self_attn} are {@link MultiHeadAttention}'s.
 */
public final class TransformerEncoderLayer extends Module {
  private final MultiHeadAttention attention;
  private final FeedForward feedForward;
  private final Sublayer first;
  private final Sublayer second;

  /**
   * A layer with these sizes and choices.
   *
   * @throws IllegalArgumentException if a rate or ε is out of range
   */
  public TransformerEncoderLayer(TransformerSettings s) {
    attention = child("self_attn", s.attention());
    feedForward =
        new FeedForward(
            child("linear1", s.first()),
            s.activation(),
            child("dropout", new Dropout(s.hiddenDropout())),
            child("linear2", s.second()));
    LayerNorm norm1 = child("norm1", s.norm());
    LayerNorm norm2 = child("norm2", s.norm());
    first = new Sublayer(norm1, child("dropout1", new Dropout(s.dropout())), s.normFirst());
    second = new Sublayer(norm2, child("dropout2", new Dropout(s.dropout())), s.normFirst());
  }

  /** Each step attends to all steps. */
  @Override
  public Var forward(Var x) {
    return forward(x, AttentionMask.NONE);
  }

  /** Each step attends to the steps that the mask shows. */
  public Var forward(Var x, AttentionMask mask) {
    return second.forward(first.forward(x, h -> attention.forward(h, mask)), feedForward::forward);
  }

  /** An empty cache for this layer. */
  public KeyValueCache cache(int batch, int capacity) {
    return attention.cache(batch, capacity);
  }

  /**
   * The next steps, in causal order after those in the cache: see {@link
   * MultiHeadAttention#forward(Var, KeyValueCache)}.
   */
  public Var forward(Var x, KeyValueCache past) {
    return second.forward(first.forward(x, h -> attention.forward(h, past)), feedForward::forward);
  }
}

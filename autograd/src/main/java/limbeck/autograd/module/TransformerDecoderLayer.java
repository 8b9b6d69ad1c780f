package limbeck.autograd.module;

import limbeck.autograd.Module;
import limbeck.autograd.Var;

/**
 * A decoder layer of a transformer: attention of each step to the steps up to it, attention to a
 * memory (the encoder's result), then two linear maps with an activation between them, each of the
 * three parts with a residual connection, a norm and dropout. x [batch, steps, width] and the
 * result have one shape; the memory is [batch, memory steps, width]. Vaswani et al. 2017,
 * arXiv:1706.03762, section 3.1.
 *
 * <p>The parts are put together as in {@link TransformerEncoderLayer}: norm1, dropout1 and {@code
 * self_attn}; norm2, dropout2 and {@code multihead_attn}; norm3, dropout3 and linear2(dropout(
 * activation(linear1(x)))). With norms first, the memory is taken as it is: its encoder ends with a
 * norm.
 *
 * <p>Parameters have the names of PyTorch's {@code TransformerDecoderLayer}: {@code linear1},
 * {@code linear2}, {@code norm1} to {@code norm3}, each with weight and bias; those of {@code
 * self_attn} and {@code multihead_attn} are {@link MultiHeadAttention}'s.
 */
public final class TransformerDecoderLayer extends Module {
  private final MultiHeadAttention selfAttention;
  private final MultiHeadAttention memoryAttention;
  private final FeedForward feedForward;
  private final Sublayer first;
  private final Sublayer second;
  private final Sublayer third;

  /**
   * A layer with these sizes and choices.
   *
   * @throws IllegalArgumentException if a rate or ε is out of range
   */
  public TransformerDecoderLayer(TransformerSettings s) {
    selfAttention = child("self_attn", s.attention());
    memoryAttention = child("multihead_attn", s.attention());
    feedForward =
        new FeedForward(
            child("linear1", s.first()),
            s.activation(),
            child("dropout", new Dropout(s.hiddenDropout())),
            child("linear2", s.second()));
    LayerNorm norm1 = child("norm1", s.norm());
    LayerNorm norm2 = child("norm2", s.norm());
    LayerNorm norm3 = child("norm3", s.norm());
    first = new Sublayer(norm1, child("dropout1", new Dropout(s.dropout())), s.normFirst());
    second = new Sublayer(norm2, child("dropout2", new Dropout(s.dropout())), s.normFirst());
    third = new Sublayer(norm3, child("dropout3", new Dropout(s.dropout())), s.normFirst());
  }

  /**
   * Refuses: this layer needs a memory.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Var forward(Var x) {
    throw new UnsupportedOperationException(
        "transformerDecoderLayer: a memory is needed: forward(x, memory); without one, take an"
            + " encoder layer in causal order");
  }

  /** Each step attends to the steps up to it, and to all of the memory. */
  public Var forward(Var x, Var memory) {
    return forward(x, AttentionMask.CAUSAL, memory, AttentionMask.NONE);
  }

  /** Each step attends to the steps, and to the memory's, that the masks show. */
  public Var forward(Var x, AttentionMask mask, Var memory, AttentionMask memoryMask) {
    Var h = first.forward(x, t -> selfAttention.forward(t, mask));
    Var m = second.forward(h, t -> memoryAttention.forward(t, memory, memoryMask));
    return third.forward(m, feedForward::forward);
  }

  /**
   * A cache for decoding against a memory: with room for {@code capacity} steps, none present, and
   * with the keys and values of the memory, computed here once for all steps.
   *
   * @param memoryMask not causal: the place of a step in the memory would depend on how many steps
   *     are decoded at once
   * @throws IllegalArgumentException if the mask is causal
   * @throws IllegalStateException if a tape records parameters that ask for a gradient
   */
  public DecoderCache cache(Var memory, AttentionMask memoryMask, int capacity) {
    int batch = memory.shape().axis(0);
    KeyValueCache remembered = memoryAttention.cache(batch, memory.shape().axis(1));
    memoryAttention.remember(memory, remembered);
    return new DecoderCache(selfAttention.cache(batch, capacity), remembered, memoryMask);
  }

  /**
   * The next steps, in causal order after those in the cache, with the bits that the whole sequence
   * has: see {@link MultiHeadAttention#forward(Var, KeyValueCache)}.
   */
  public Var forward(Var x, DecoderCache cache) {
    Var h = first.forward(x, t -> selfAttention.forward(t, cache.past()));
    Var m = second.forward(h, t -> memoryAttention.forward(t, cache.memory(), cache.memoryMask()));
    return third.forward(m, feedForward::forward);
  }
}

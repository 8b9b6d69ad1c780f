package limbeck.autograd.module;

import limbeck.autograd.Var;
import limbeck.engine.op.nn.Attention;

/**
 * Which keys a query may attend to: all, or those that an operand tells, and in causal order only
 * those up to its own place. See {@link Attention}.
 *
 * @param causal whether a query sees no later keys; the last query stands at the last key
 * @param keys what the operand tells
 * @param operand lengths or mask; null if all keys take part
 */
public record AttentionMask(boolean causal, Attention.Keys keys, Var operand) {
  /** Every query sees every key. */
  public static final AttentionMask NONE = new AttentionMask(false, Attention.Keys.ALL, null);

  /** Every query sees the keys up to its own place. */
  public static final AttentionMask CAUSAL = new AttentionMask(true, Attention.Keys.ALL, null);

  /** Checks that there is an operand exactly where one is needed. */
  public AttentionMask {
    if ((keys == Attention.Keys.ALL) != (operand == null)) {
      throw new IllegalArgumentException(
          "attentionMask: keys " + keys + (operand == null ? " without" : " with") + " an operand");
    }
  }

  /** The first keys of each example: lengths, I32 [batch]. */
  public static AttentionMask lengths(Var lengths) {
    return new AttentionMask(false, Attention.Keys.LENGTHS, lengths);
  }

  /**
   * The keys marked 1, not 0: mask, I32 [batch, keys]. PyTorch's {@code key_padding_mask} is the
   * opposite, true for keys left out.
   */
  public static AttentionMask keys(Var mask) {
    return new AttentionMask(false, Attention.Keys.MASK, mask);
  }

  /** The same keys, in causal order. */
  public AttentionMask inCausalOrder() {
    return new AttentionMask(true, keys, operand);
  }
}

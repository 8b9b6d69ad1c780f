package limbeck.autograd.module;

/**
 * What a decoder layer remembers while it decodes step by step: {@link
 * TransformerDecoderLayer#cache} makes it.
 *
 * @param past keys and values of the steps so far
 * @param memory keys and values of the memory
 * @param memoryMask which of the memory's steps take part, in no causal order
 */
public record DecoderCache(KeyValueCache past, KeyValueCache memory, AttentionMask memoryMask) {
  /**
   * Checks the mask.
   *
   * @throws IllegalArgumentException if it is causal
   */
  public DecoderCache {
    MultiHeadAttention.requireNotCausal("decoderCache", memoryMask);
  }
}

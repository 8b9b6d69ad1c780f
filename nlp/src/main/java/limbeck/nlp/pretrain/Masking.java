package limbeck.nlp.pretrain;

import java.util.Set;
import limbeck.engine.random.Philox;
import limbeck.nlp.text.Vocab;

/**
 * How tokens are hidden from a language model that shall guess them: each with probability {@code
 * rate}, special ones never; of the hidden ones, 80 % become {@code [MASK]}, 10 % some token at
 * random, 10 % stay as they are. Devlin et al. 2019, arXiv:1810.04805, section 3.1.
 *
 * @param rate of 15 % as published
 * @param mask the token that hides
 * @param special tokens that are never hidden
 * @param tokens of the vocabulary
 */
public record Masking(double rate, int mask, Set<Integer> special, int tokens) {
  private static final double MASKED = 0.8;
  private static final double RANDOM = 0.1;

  /** Draws for a token: whether, how, and by which token. */
  private static final int DRAWS = 3;

  /** Checks the rate. */
  public Masking {
    special = Set.copyOf(special);
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("masking: rate " + rate + ", between 0 and 1 expected");
    }
  }

  /**
   * As published, for a vocabulary of BERT's.
   *
   * @throws IllegalArgumentException if one of its special tokens is missing
   */
  public static Masking bert(Vocab vocab) {
    int mask = vocab.require("[MASK]");
    Set<Integer> special =
        Set.of(vocab.require("[PAD]"), vocab.require("[CLS]"), vocab.require("[SEP]"), mask);
    return new Masking(0.15, mask, special, vocab.size());
  }

  /** Another share of hidden tokens. */
  public Masking rate(double other) {
    return new Masking(other, mask, special, tokens);
  }

  /**
   * Hides tokens of a sequence.
   *
   * @param ids the sequence, from {@code at} on; hidden ones are replaced
   * @param random draws for this sequence, at this time
   * @param hidden takes their places, counted from {@code at}, with what stood there
   */
  public void hide(int[] ids, int at, int length, Philox random, Hidden hidden) {
    for (int t = 0; t < length; t++) {
      int id = ids[at + t];
      if (!special.contains(id) && random.uniformDouble((long) DRAWS * t) < rate) {
        hidden.hidden(t, id);
        ids[at + t] = replaced(id, random, (long) DRAWS * t + 1);
      }
    }
  }

  private int replaced(int id, Philox random, long draw) {
    double how = random.uniformDouble(draw);
    if (how < MASKED) {
      return mask;
    }
    return how < MASKED + RANDOM ? random.below(draw + 1, tokens) : id;
  }

  /** Takes a hidden token. */
  @FunctionalInterface
  public interface Hidden {
    /** A place, counted from the sequence's beginning, and the token that stood there. */
    void hidden(int place, int token);
  }
}

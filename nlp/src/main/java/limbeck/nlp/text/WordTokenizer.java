package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A token a word: the words of {@link BasicTokenizer}, those outside of the vocabulary as one
 * unknown word. For networks on word vectors.
 */
public final class WordTokenizer implements Tokenizer {
  /** The token that fills up sequences: number 0 of {@link #vocab(WordCounts, int, long)}. */
  public static final String PADDING = "<pad>";

  /** The token for words outside of the vocabulary: number 1. */
  public static final String UNKNOWN = "<unk>";

  /** The token that stands for a word that is hidden: number 2. */
  public static final String MASK = "<mask>";

  /**
   * What stands for a hidden word within a text, between spaces: a code point that is never a
   * character, so that nobody writes it. Networks read it as their mask.
   */
  public static final String HIDDEN = "\ufdd0";

  private final BasicTokenizer basic;
  private final Vocab vocab;
  private final int unknown;

  /**
   * A tokenizer.
   *
   * @throws IllegalArgumentException if the vocabulary has no {@link #UNKNOWN}
   */
  public WordTokenizer(Vocab vocab, BertNormalizer normalizer) {
    this.vocab = Objects.requireNonNull(vocab, "vocab");
    this.basic = new BasicTokenizer(normalizer);
    this.unknown = vocab.require(UNKNOWN);
  }

  /**
   * The special tokens, then the most frequent words.
   *
   * @param size of the vocabulary at most, special tokens included
   * @param least how often a word must occur
   * @throws IllegalArgumentException if the size leaves no room for the special tokens
   */
  public static Vocab vocab(WordCounts counts, int size, long least) {
    List<String> tokens = new ArrayList<>(List.of(PADDING, UNKNOWN, MASK));
    if (size < tokens.size()) {
      throw new IllegalArgumentException(
          "words: a vocabulary of at least " + tokens.size() + " tokens expected, was " + size);
    }
    counts.byFrequency().stream()
        .filter(c -> c.count() >= least && !tokens.contains(c.word()))
        .limit(size - tokens.size())
        .forEach(c -> tokens.add(c.word()));
    return Vocab.of(tokens);
  }

  @Override
  public Vocab vocab() {
    return vocab;
  }

  /** What is done to texts first. */
  public BertNormalizer normalizer() {
    return basic.normalizer();
  }

  /** The words of a text, as they are looked up. */
  public List<String> words(String text) {
    return basic.words(text);
  }

  @Override
  public int[] encode(String text) {
    List<String> words = words(text);
    int[] ids = new int[words.size()];
    for (int i = 0; i < ids.length; i++) {
      int id = vocab.id(words.get(i));
      ids[i] = id < 0 ? unknown : id;
    }
    return ids;
  }

  /** Words with spaces between. */
  @Override
  public String decode(int[] ids) {
    List<String> words = new ArrayList<>();
    for (int id : ids) {
      words.add(vocab.token(id));
    }
    return String.join(" ", words);
  }
}

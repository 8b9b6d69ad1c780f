package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Learns which bytes, and which of their joins, {@link BytePair} joins: by {@link PairMerges}, the
 * most frequent pair first. The result depends on the texts and settings alone, not on the order of
 * the texts.
 */
public final class BytePairTrainer {
  private final WordCounts counts = new WordCounts();

  /** A trainer that has seen nothing yet. */
  public BytePairTrainer() {}

  /** Counts a text's words. */
  public void add(String text) {
    for (String word : ByteLevelWords.of(text)) {
      counts.add(ByteLetters.of(word));
    }
  }

  /**
   * The tokenizer.
   *
   * @param special tokens that come first in the vocabulary and never out of a text
   * @param size of the vocabulary at most; less where pairs are too rare
   * @param least how often a pair must occur to be joined
   * @throws IllegalArgumentException if the size leaves no room for the special tokens and 256
   *     bytes
   */
  public BytePair train(List<String> special, int size, long least) {
    List<String> symbols = new ArrayList<>(special);
    for (int b = 0; b < 256; b++) {
      symbols.add(String.valueOf(ByteLetters.of(b)));
    }
    if (size < symbols.size()) {
      throw new IllegalArgumentException(
          "byte pairs: a vocabulary of at least "
              + symbols.size()
              + " tokens expected, was "
              + size);
    }
    PairMerges merges =
        new PairMerges(symbols, counts.byFrequency(), BytePairTrainer::letters, String::concat);
    merges.run(size, least, share -> {});
    List<String> all = merges.symbols();
    return new BytePair(
        Vocab.of(all),
        merges.merges().stream()
            .map(m -> new BytePair.Merge(all.get(m.left()), all.get(m.right())))
            .toList());
  }

  private static List<String> letters(String word) {
    return word.chars().mapToObj(c -> String.valueOf((char) c)).toList();
  }
}

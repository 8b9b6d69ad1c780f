package limbeck.nlp.augment;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.random.Philox;

/**
 * Sentences made of a sentence by putting likely words in the place of words: X. Jiao et al.,
 * TinyBERT, Findings of EMNLP 2020, arXiv:1909.10351, algorithm 1. Each word is replaced with
 * probability {@code replace}, by one of its candidates, all alike likely; one without candidates
 * stays.
 *
 * @param replace probability that a word is replaced
 * @param candidates how many words may stand in a word's place, at most
 */
public record WordSubstitution(double replace, int candidates) {
  /** As published: 0.4, of 15; 20 sentences are made of each. */
  public static final WordSubstitution PUBLISHED = new WordSubstitution(0.4, 15);

  private static final int MOST = 1_000;

  /** What may stand in a word's place. */
  @FunctionalInterface
  interface Candidates {
    /** The candidates of a word of a sentence, the likeliest first; may be empty. */
    List<String> of(List<String> words, int place);
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the probability is none, or there are no candidates
   */
  public WordSubstitution {
    if (!(replace >= 0 && replace <= 1) || candidates < 1 || candidates > MOST) {
      throw new IllegalArgumentException(
          "augmentation: probability "
              + replace
              + ", candidates "
              + candidates
              + " of 1 to "
              + MOST);
    }
  }

  /**
   * A sentence made of another.
   *
   * @param random draws of this sentence, this time
   */
  List<String> of(List<String> words, Candidates others, Philox random) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      List<String> found =
          random.uniformDouble(2L * i) < replace ? others.of(words, i) : List.<String>of();
      made.add(found.isEmpty() ? words.get(i) : found.get(random.below(2L * i + 1, found.size())));
    }
    return made;
  }
}

package limbeck.nlp.augment;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.random.Philox;
import limbeck.nlp.text.WordTokenizer;

/**
 * Sentences made of a sentence, for a teacher to speak about: R. Tang et al., Distilling
 * Task-Specific Knowledge from BERT into Simple Neural Networks, 2019, arXiv:1903.12136, section
 * 3.3. One number from 0 to 1 is drawn for each word: below {@code mask} the word is hidden; below
 * {@code mask} + {@code tag} it becomes another of its part of speech, drawn as often as it comes;
 * then with probability {@code ngram} all is dropped but one to five words that follow each other.
 *
 * @param mask probability that a word is hidden
 * @param tag probability that a word becomes another of its tag
 * @param ngram probability that only some words in a row are kept
 */
public record TangAugmentation(double mask, double tag, double ngram) {
  /** As published. */
  public static final TangAugmentation PUBLISHED = new TangAugmentation(0.1, 0.1, 0.25);

  private static final int LONGEST = 5;

  /** Draws for a sentence that are not of a word. */
  private static final long WHOLE = 1L << 40;

  /**
   * Checks the probabilities.
   *
   * @throws IllegalArgumentException if one is none, or the first two add up to more than 1
   */
  public TangAugmentation {
    if (!(mask >= 0 && tag >= 0 && mask + tag <= 1 && ngram >= 0 && ngram <= 1)) {
      throw new IllegalArgumentException(
          "augmentation: probabilities " + mask + ", " + tag + " and " + ngram);
    }
  }

  /**
   * A sentence made of another.
   *
   * @param tags of its words
   * @param random draws of this sentence, this time
   * @return null if every word would be hidden, which says nothing
   */
  List<String> of(List<String> words, List<String> tags, TagWords others, Philox random) {
    List<String> made = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < words.size(); i++) {
      double x = random.uniformDouble(2L * i);
      if (x < mask) {
        made.add(WordTokenizer.HIDDEN);
      } else {
        boolean other = x < mask + tag;
        made.add(other ? others.draw(tags.get(i), random, 2L * i + 1) : words.get(i));
        any = true;
      }
    }
    return any ? part(made, random) : null;
  }

  private List<String> part(List<String> words, Philox random) {
    if (!(random.uniformDouble(WHOLE) < ngram)) {
      return words;
    }
    int n = Math.min(words.size(), 1 + random.below(WHOLE + 1, LONGEST));
    int from = random.below(WHOLE + 2, words.size() - n + 1);
    return words.subList(from, from + n);
  }
}

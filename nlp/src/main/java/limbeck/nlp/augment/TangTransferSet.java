package limbeck.nlp.augment;

import java.util.List;
import limbeck.nlp.data.TextDataset;

/** A training set with sentences made of its sentences as {@link TangAugmentation} says. */
final class TangTransferSet {
  private static final long STREAM = 0x54414e47; // "TANG"

  private final TangAugmentation augmentation;
  private final TransferSet set;
  private final List<List<String>> tags;
  private final TagWords others;

  /**
   * A training set's sentences with their tags.
   *
   * @param tagger null: all words have one tag
   */
  TangTransferSet(TangAugmentation augmentation, TextDataset data, PerceptronTagger tagger) {
    this.augmentation = augmentation;
    this.set = new TransferSet(data, STREAM);
    this.tags = set.words().stream().map(words -> tags(words, tagger)).toList();
    this.others = new TagWords(set.words(), tags);
  }

  private static List<String> tags(List<String> words, PerceptronTagger tagger) {
    return tagger == null ? words.stream().map(w -> "").toList() : tagger.tag(words);
  }

  /** The set, with what is made of each example in so many turns. */
  TextDataset times(int turns, long seed) {
    return set.times(
        turns,
        seed,
        (i, random) -> augmentation.of(set.words().get(i), tags.get(i), others, random));
  }
}

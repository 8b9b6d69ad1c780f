package limbeck.nlp.augment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import limbeck.engine.random.Philox;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.text.BasicTokenizer;
import limbeck.nlp.text.BertNormalizer;

/**
 * A training set with sentences made of its sentences: those that are there already are left out.
 * Of pairs in turn the first sentence is changed, the second, both: section 3.3 of the paper. Made
 * examples bear the label or score of what they were made of, which may no longer be theirs: they
 * are for a teacher to speak about.
 */
final class TangTransferSet {
  private static final long STREAM = 0x54414e47; // "TANG"
  private static final int PAIR_MODES = 3;

  private final TangAugmentation augmentation;
  private final TextDataset data;
  private final BasicTokenizer basic = new BasicTokenizer(BertNormalizer.UNCASED);
  private final List<List<String>> words = new ArrayList<>();
  private final List<List<String>> tags = new ArrayList<>();
  private final TagWords others;

  /**
   * A training set's sentences with their tags.
   *
   * @param tagger null: all words have one tag
   */
  TangTransferSet(TangAugmentation augmentation, TextDataset data, PerceptronTagger tagger) {
    this.augmentation = augmentation;
    this.data = data;
    for (int i = 0; i < data.size(); i++) {
      add(data.text(i).first(), tagger);
      if (data.pairs()) {
        add(data.text(i).second(), tagger);
      }
    }
    this.others = new TagWords(words, tags);
  }

  private void add(String text, PerceptronTagger tagger) {
    List<String> its = basic.words(text);
    words.add(its);
    tags.add(tagger == null ? its.stream().map(w -> "").toList() : tagger.tag(its));
  }

  /** The set, with what is made of each example in so many turns. */
  TextDataset times(int turns, long seed) {
    List<TextExample> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      TextExample e = data.text(i);
      all.add(new TextExample(e.first(), e.second(), target(i)));
      seen.add(key(basicText(e.first()), e.pair() ? basicText(e.second()) : null));
    }
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < data.size(); i++) {
        TextExample made = made(i, turn, new Philox(seed).stream(STREAM).stream(turn).stream(i));
        if (made != null && seen.add(key(made.first(), made.second()))) {
          all.add(made);
        }
      }
    }
    String name = data.name() + "+made";
    return data.scored()
        ? TextDataset.scored(name, all)
        : new TextDataset(name, data.classNames(), all);
  }

  private double target(int i) {
    return data.scored() ? data.score(i) : data.label(i);
  }

  private String basicText(String text) {
    return String.join(" ", basic.words(text));
  }

  private static String key(String first, String second) {
    return second == null ? first : first + '\n' + second;
  }

  private TextExample made(int i, int turn, Philox random) {
    if (!data.pairs()) {
      String text = made(i, random);
      return text == null ? null : new TextExample(text, null, target(i));
    }
    int mode = turn % PAIR_MODES;
    String first = mode == 1 ? String.join(" ", words.get(2 * i)) : made(2 * i, random.stream(1));
    String second =
        mode == 0 ? String.join(" ", words.get(2 * i + 1)) : made(2 * i + 1, random.stream(2));
    return first == null || second == null ? null : new TextExample(first, second, target(i));
  }

  /** A text made of one; null if nothing is left of it. */
  private String made(int text, Philox random) {
    if (words.get(text).isEmpty()) {
      return null;
    }
    List<String> made = augmentation.of(words.get(text), tags.get(text), others, random);
    return made == null ? null : String.join(" ", made);
  }
}

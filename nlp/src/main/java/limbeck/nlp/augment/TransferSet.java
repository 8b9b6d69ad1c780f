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
 * Of pairs in turn the first sentence is changed, the second, both: R. Tang et al. 2019,
 * arXiv:1903.12136, section 3.3. Made examples bear the label or score of what they were made of,
 * which may no longer be theirs: they are for a teacher to speak about.
 */
final class TransferSet {
  private static final int PAIR_MODES = 3;

  private final TextDataset data;
  private final long stream;
  private final BasicTokenizer basic = new BasicTokenizer(BertNormalizer.UNCASED);
  private final List<List<String>> words = new ArrayList<>();

  /** Makes sentences. */
  interface Maker {
    /**
     * The words of a sentence made of one.
     *
     * @param sentence its number in {@link #words}
     * @param random draws of this sentence, this time
     * @return null if nothing is left of it
     */
    List<String> made(int sentence, Philox random);
  }

  /**
   * A training set's sentences.
   *
   * @param stream of random numbers, by which ways of making sentences differ
   */
  TransferSet(TextDataset data, long stream) {
    this.data = data;
    this.stream = stream;
    for (int i = 0; i < data.size(); i++) {
      words.add(basic.words(data.text(i).first()));
      if (data.pairs()) {
        words.add(basic.words(data.text(i).second()));
      }
    }
  }

  /** The words of each sentence; of pairs those of the first, then of the second. */
  List<List<String>> words() {
    return words;
  }

  /** The set, with what is made of each example in so many turns. */
  TextDataset times(int turns, long seed, Maker maker) {
    List<TextExample> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      TextExample e = data.text(i);
      all.add(new TextExample(e.first(), e.second(), target(i)));
      seen.add(key(basicText(e.first()), e.pair() ? basicText(e.second()) : null));
    }
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < data.size(); i++) {
        Philox random = new Philox(seed).stream(stream).stream(turn).stream(i);
        TextExample made = made(i, turn, random, maker);
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

  private TextExample made(int i, int turn, Philox random, Maker maker) {
    if (!data.pairs()) {
      String text = made(i, random, maker);
      return text == null ? null : new TextExample(text, null, target(i));
    }
    int mode = turn % PAIR_MODES;
    String first =
        mode == 1 ? String.join(" ", words.get(2 * i)) : made(2 * i, random.stream(1), maker);
    String second =
        mode == 0
            ? String.join(" ", words.get(2 * i + 1))
            : made(2 * i + 1, random.stream(2), maker);
    return first == null || second == null ? null : new TextExample(first, second, target(i));
  }

  private String made(int sentence, Philox random, Maker maker) {
    if (words.get(sentence).isEmpty()) {
      return null;
    }
    List<String> made = maker.made(sentence, random);
    return made == null ? null : String.join(" ", made);
  }
}

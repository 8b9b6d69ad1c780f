package limbeck.nlp.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * Builds a vocabulary for {@link WordPiece} from texts: the special tokens, then the most frequent
 * characters, by their text, each as it begins a word and as it goes on ({@code ##}), then pieces
 * joined by {@link PairMerges}, most frequent first. Google's own trainer was never published; this
 * is what others use in its place. The vocabulary depends on the texts and settings alone, not on
 * the order of the texts.
 */
public final class WordPieceTrainer {
  /** The special tokens of BERT, in the order in which their numbers begin here. */
  public static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  /** The most characters that become pieces of their own. */
  public static final int ALPHABET = 1_000;

  private static final int INSIDE = WordPiece.INSIDE.length();

  private final BasicTokenizer basic;
  private final WordCounts counts = new WordCounts();

  /** A trainer that has seen nothing yet. */
  public WordPieceTrainer(BertNormalizer normalizer) {
    this.basic = new BasicTokenizer(normalizer);
  }

  /** Counts a text's words. */
  public void add(String text) {
    basic.split(text, (c, from, to) -> counts.add(new String(c, from, to - from)));
  }

  /**
   * The vocabulary.
   *
   * @param size of it at most, special tokens included; less where pairs are too rare
   * @param least how often a pair must occur to become a piece
   * @throws IllegalArgumentException if the size leaves no room for the special tokens, or no text
   *     was added
   */
  public Vocab train(int size, long least) {
    return train(size, least, share -> {});
  }

  /**
   * As above.
   *
   * @param progress is told now and then what share of the pieces there is, and 1 in the end
   */
  public Vocab train(int size, long least, DoubleConsumer progress) {
    if (size <= SPECIAL.size()) {
      throw new IllegalArgumentException(
          "wordpiece: a vocabulary of more than "
              + SPECIAL.size()
              + " tokens expected, was "
              + size);
    }
    List<WordCounts.Count> words = counts.byFrequency();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("wordpiece: there is no word to build a vocabulary from");
    }
    List<String> symbols = new ArrayList<>(SPECIAL);
    symbols.addAll(alphabet(words, size - SPECIAL.size()));
    PairMerges merges =
        new PairMerges(
            symbols,
            words,
            WordPieceTrainer::pieces,
            (left, right) -> left + right.substring(INSIDE));
    merges.run(size, least, progress);
    return Vocab.of(merges.symbols());
  }

  /** The most frequent characters as pieces, in the order of their text. */
  private List<String> alphabet(List<WordCounts.Count> words, int room) {
    Set<String> characters = new HashSet<>();
    counts.characters().byFrequency().stream()
        .limit(ALPHABET)
        .forEach(c -> characters.add(c.word()));
    WordCounts pieces = new WordCounts();
    for (WordCounts.Count w : words) {
      for (String piece : pieces(w.word())) {
        if (characters.contains(character(piece))) {
          pieces.add(piece, w.count());
        }
      }
    }
    return pieces.byFrequency().stream().limit(room).map(WordCounts.Count::word).sorted().toList();
  }

  private static String character(String piece) {
    boolean inside = piece.length() > INSIDE && piece.startsWith(WordPiece.INSIDE);
    return inside ? piece.substring(INSIDE) : piece;
  }

  /** A word's characters as pieces. */
  private static List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .forEach(
            c -> {
              String text = Character.toString(c);
              pieces.add(pieces.isEmpty() ? text : WordPiece.INSIDE + text);
            });
    return pieces;
  }
}

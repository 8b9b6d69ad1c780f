package limbeck.nlp.elmo;

import java.util.List;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordTokenizer;

/**
 * How a language model reads the words of a text: framed by one that begins and one that ends it,
 * each as a number of its vocabulary or as its spelling. Two are equal only if they are one.
 */
public final class ElmoWords {
  /** The word before the first one of a text. */
  public static final String BEGIN = "<s>";

  /** The word behind the last one. */
  public static final String END = "</s>";

  /** Words that frame a text. */
  public static final int FRAME = 2;

  private final Vocab vocab;
  private final int letters;
  private final int unknown;

  /**
   * A reader.
   *
   * @param vocab the words that are guessed
   * @param letters symbols of a spelled word; 0: words are numbers
   * @throws IllegalArgumentException if the vocabulary lacks a special word
   */
  public ElmoWords(Vocab vocab, int letters) {
    this.vocab = vocab;
    this.letters = letters;
    unknown = vocab.require(WordTokenizer.UNKNOWN);
    vocab.require(BEGIN);
    vocab.require(END);
    if (vocab.id(WordTokenizer.PADDING) != 0 || letters != 0 && letters < 4) {
      throw new IllegalArgumentException(
          "elmo: words of " + letters + " letters, 4 at least; number 0 is what fills up");
    }
  }

  /** As a configuration says. */
  public static ElmoWords of(ElmoConfig config, Vocab vocab) {
    return new ElmoWords(vocab, config.characters() ? config.letters() : 0);
  }

  /** The words that are guessed. */
  public Vocab vocab() {
    return vocab;
  }

  /** Symbols of a spelled word; 0: words are numbers. */
  public int letters() {
    return letters;
  }

  /** Numbers that a word is written as. */
  public int stride() {
    return Math.max(1, letters);
  }

  /**
   * Writes a text, framed.
   *
   * @param words cut and normalised; one that is hidden is {@link WordTokenizer#HIDDEN}
   * @param to takes {@link #stride} numbers for each word and for each of {@link #FRAME}
   */
  public void write(List<String> words, int[] to, int at) {
    word(BEGIN, to, at);
    for (int i = 0; i < words.size(); i++) {
      word(words.get(i), to, at + (i + 1) * stride());
    }
    word(END, to, at + (words.size() + 1) * stride());
  }

  private void word(String word, int[] to, int at) {
    if (letters > 0) {
      spell(word, to, at);
    } else {
      int id = vocab.id(word);
      to[at] = id < 0 ? unknown : id;
    }
  }

  /**
   * Writes the {@link #letters} symbols of one word, which may be one of the frame; a hidden one
   * has no letters.
   */
  public void spell(String word, int[] to, int at) {
    switch (word) {
      case BEGIN -> Spelling.begin(to, at, letters);
      case END -> Spelling.end(to, at, letters);
      case WordTokenizer.HIDDEN -> Spelling.word("", to, at, letters);
      default -> Spelling.word(word, to, at, letters);
    }
  }
}

package limbeck.nlp.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.TextExample;
import limbeck.nlp.elmo.FrozenElmo;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordCounts;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordPieceTrainer;
import limbeck.nlp.text.WordTokenizer;
import limbeck.nlp.text.WordVectors;

/**
 * What networks are fitted to: the texts of a training set, and what the recipe says of inputs.
 * Vocabularies are made of a set once, for all networks.
 *
 * @param texts the training set
 * @param inputs what is said, such as {@code words:100}
 */
record TextSource(TextDataset texts, String inputs) {
  /** Tokens of the longest sequence that is looked at whole. */
  static final int MOST_STEPS = 128;

  /** Words that come once say nothing: they are what unknown words are learnt from. */
  private static final long LEAST = 2;

  private static final int MOST_WORDS = 1 << 20;
  private static final int SAMPLE = 1_000;

  /** What stands before the colon. */
  String kind() {
    int colon = inputs.indexOf(':');
    return colon < 0 ? inputs : inputs.substring(0, colon);
  }

  /** What stands behind the colon; empty if there is none. */
  String detail() {
    int colon = inputs.indexOf(':');
    return colon < 0 ? "" : inputs.substring(colon + 1);
  }

  /** A tokenizer of the words that come at least twice. */
  WordTokenizer words() {
    return texts.made(
        "words",
        () -> {
          WordCounts counts = new WordCounts();
          WordTokenizer cut = new WordTokenizer(special(), BertNormalizer.UNCASED);
          forEachText(text -> cut.words(text).forEach(counts::add));
          Vocab vocab = WordTokenizer.vocab(counts, MOST_WORDS, LEAST);
          return new WordTokenizer(vocab, BertNormalizer.UNCASED);
        });
  }

  private static Vocab special() {
    return WordTokenizer.vocab(new WordCounts(), 3, 1);
  }

  /** A tokenizer of word pieces that are learnt from the texts. */
  WordPiece pieces(int size) {
    return texts.made(
        "pieces " + size,
        () -> {
          WordPieceTrainer trainer = new WordPieceTrainer(BertNormalizer.UNCASED);
          forEachText(trainer::add);
          return new WordPiece(trainer.train(size, LEAST), BertNormalizer.UNCASED);
        });
  }

  /** Vectors of the vocabulary's words out of a file. */
  WordVectors vectors(WordTokenizer words, Path file) {
    return texts.made(
        "vectors " + file,
        () -> {
          try {
            return WordVectors.read(file, words.vocab());
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
  }

  /**
   * What a pretrained model's folder says, read once for all networks, which share its tokenizer.
   *
   * @throws UncheckedIOException if it cannot be read, or is damaged
   */
  PretrainedFolder folder(Path folder) {
    return texts.made(
        PretrainedFolder.key(folder),
        () -> {
          try {
            return PretrainedFolder.read(folder);
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
  }

  /**
   * A frozen language model, read once for all networks, which share what it said of texts.
   *
   * @throws UncheckedIOException if it cannot be read, or is damaged
   */
  FrozenElmo elmo(Path folder) {
    return texts.made(
        FrozenElmo.key(folder),
        () -> {
          try {
            return FrozenElmo.read(folder);
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
        });
  }

  private interface Taker {
    void take(String text);
  }

  private void forEachText(Taker taker) {
    for (int i = 0; i < texts.size(); i++) {
      TextExample e = texts.text(i);
      taker.take(e.first());
      if (e.pair()) {
        taker.take(e.second());
      }
    }
  }

  /**
   * The mean number of tokens of a sequence, rounded up: of the first texts, which tells enough.
   */
  int usualSteps(TextCoder coder) {
    long sum = 0;
    int n = Math.min(SAMPLE, texts.size());
    Function<TextExample, int[][]> code = coder::code;
    for (int i = 0; i < n; i++) {
      sum += texts.codes(i, coder, code)[0].length;
    }
    return (int) Math.max(1, (sum + n - 1) / Math.max(1, n));
  }
}

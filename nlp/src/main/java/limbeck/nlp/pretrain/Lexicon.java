package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import limbeck.nlp.data.TextLines;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordCounts;
import limbeck.nlp.text.WordTokenizer;

/**
 * All words of a corpus, by number: special ones, then the most frequent first. The first of them
 * are the vocabulary of what is guessed.
 */
final class Lexicon {
  /** Words beyond are read as unknown ones. */
  private static final int MOST = 1 << 20;

  private Lexicon() {}

  /** The words of texts. */
  static Vocab of(List<String> sources) throws IOException {
    WordTokenizer cut = cutter(special());
    WordCounts counts = new WordCounts();
    for (String source : sources) {
      try (TextLines lines = TextLines.open(source)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          cut.words(line).forEach(counts::add);
        }
      }
    }
    List<String> words = WordTokenizer.vocab(counts, MOST, 1).tokens();
    List<String> all = new ArrayList<>(special().tokens());
    all.addAll(words.subList(all.size() - ElmoWords.FRAME, words.size()));
    return Vocab.of(all);
  }

  /** What cuts texts into words of a lexicon, as tasks do. */
  static WordTokenizer cutter(Vocab lexicon) {
    return new WordTokenizer(lexicon, BertNormalizer.UNCASED);
  }

  private static Vocab special() {
    List<String> tokens = new ArrayList<>(WordTokenizer.vocab(new WordCounts(), MOST, 1).tokens());
    tokens.addAll(List.of(ElmoWords.BEGIN, ElmoWords.END));
    return Vocab.of(tokens);
  }

  /** The first words of a lexicon; all of it if it has no more. */
  static Vocab vocabulary(Vocab lexicon, int size) {
    return Vocab.of(lexicon.tokens().subList(0, Math.min(size, lexicon.size())));
  }
}

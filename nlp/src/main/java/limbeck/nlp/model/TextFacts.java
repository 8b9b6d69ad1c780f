package limbeck.nlp.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.nlp.elmo.ElmoWords;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Tokenizer;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordPiece;
import limbeck.nlp.text.WordTokenizer;

/**
 * What a model file tells of texts, in one metadata entry: the tokens, how texts are normalised and
 * framed. With it the file is all that is needed to ask the model about a sentence.
 */
final class TextFacts {
  static final String KEY = "limbeck.texts";

  private static final String WORDS = "words";
  private static final String PIECES = "pieces";

  private TextFacts() {}

  /** A coder's entry; none of a tokenizer of another kind. */
  static Map<String, String> of(TextCoder coder) {
    Tokenizer t = coder.tokenizer();
    if (!(t instanceof WordTokenizer) && !(t instanceof WordPiece)) {
      return Map.of();
    }
    BertNormalizer n = t instanceof WordPiece p ? p.normalizer() : ((WordTokenizer) t).normalizer();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tokens", t.vocab().tokens());
    all.put("kind", t instanceof WordPiece ? PIECES : WORDS);
    all.put("clean", n.clean());
    all.put("spaceChinese", n.spaceChinese());
    all.put("stripAccents", n.stripAccents());
    all.put("lowercase", n.lowercase());
    all.put("controls", n.controls().name());
    all.put("framed", coder.frame() != null);
    all.put("pairs", coder.pairs());
    all.put("most", coder.most());
    all.put("padding", coder.padding());
    if (coder.beside() != null) {
      all.put("letters", coder.beside().letters());
      all.put("words", coder.beside().vocab().tokens());
    }
    return Map.of(KEY, Json.write(all));
  }

  /**
   * The coder of an entry.
   *
   * @param file what errors call the file
   * @throws FormatException if it is damaged
   */
  static TextCoder read(String file, String entry) throws FormatException {
    try {
      Map<?, ?> all = (Map<?, ?>) Json.parse(entry);
      List<String> tokens = ((List<?>) all.get("tokens")).stream().map(String.class::cast).toList();
      Vocab vocab = Vocab.of(tokens);
      BertNormalizer normalizer =
          new BertNormalizer(
              (Boolean) all.get("clean"),
              (Boolean) all.get("spaceChinese"),
              (Boolean) all.get("stripAccents"),
              (Boolean) all.get("lowercase"),
              BertNormalizer.Controls.valueOf((String) all.get("controls")));
      Tokenizer tokenizer =
          PIECES.equals(all.get("kind"))
              ? new WordPiece(vocab, normalizer)
              : new WordTokenizer(vocab, normalizer);
      SequenceFrame frame = (Boolean) all.get("framed") ? SequenceFrame.bert(vocab) : null;
      return new TextCoder(
          tokenizer,
          frame,
          (Boolean) all.get("pairs"),
          ((Number) all.get("most")).intValue(),
          ((Number) all.get("padding")).intValue(),
          beside(all));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new FormatException(
          file + ": what it says of texts (metadata \"" + KEY + "\") is damaged", e);
    }
  }

  private static ElmoWords beside(Map<?, ?> all) {
    if (!(all.get("words") instanceof List<?> words)) {
      return null;
    }
    Vocab vocab = Vocab.of(words.stream().map(String.class::cast).toList());
    return new ElmoWords(vocab, ((Number) all.get("letters")).intValue());
  }
}

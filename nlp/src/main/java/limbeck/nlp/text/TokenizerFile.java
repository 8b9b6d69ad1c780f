package limbeck.nlp.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.engine.io.FormatException;

/**
 * The tokenizer that comes with a model, with the frame that its texts are put into.
 *
 * @param tokenizer cuts texts
 * @param frame puts special tokens around them
 */
public record TokenizerFile(Tokenizer tokenizer, SequenceFrame frame) {
  /** What Hugging Face's tokenizers write. */
  public static final String JSON = "tokenizer.json";

  /** BERT's vocabulary. */
  public static final String VOCAB = "vocab.txt";

  /**
   * Reads the tokenizer of a model's folder: {@code tokenizer.json}, or without one {@code
   * vocab.txt}, of BERT.
   *
   * @param lowercase whether a model with a {@code vocab.txt} was trained on lower case; a {@code
   *     tokenizer.json} says so itself
   * @throws FormatException if there is neither, or the file is damaged or of a kind that cannot be
   *     read, naming what
   * @throws IOException if it cannot be read
   */
  public static TokenizerFile read(Path folder, boolean lowercase) throws IOException {
    Path json = folder.resolve(JSON);
    if (Files.exists(json)) {
      return TokenizerJson.read(json);
    }
    Path vocab = folder.resolve(VOCAB);
    if (!Files.exists(vocab)) {
      throw new FormatException(folder + ": no " + JSON + " and no " + VOCAB);
    }
    try {
      Tokenizer t =
          WordPiece.read(vocab, lowercase ? BertNormalizer.UNCASED : BertNormalizer.CASED);
      return new TokenizerFile(t, SequenceFrame.bert(t.vocab()));
    } catch (IllegalArgumentException e) {
      throw new FormatException(vocab + ": " + e.getMessage(), e);
    }
  }
}

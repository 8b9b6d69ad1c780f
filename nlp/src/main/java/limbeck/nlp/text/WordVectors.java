package limbeck.nlp.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.nlp.data.LineReader;

/**
 * Vectors of words that were learnt elsewhere, such as GloVe's (Pennington, Socher, Manning 2014)
 * or those of word2vec in its text form.
 *
 * @param vectors [vocabulary, width], zeros where a word has none
 * @param known which words have one
 */
public record WordVectors(Tensor vectors, BitSet known) {
  private static final int WIDEST = 10_000;

  /**
   * Reads those of a vocabulary's words from a text file, gzipped or not: a word a line, then its
   * numbers, between single spaces. A first line of two numbers, as word2vec has it, is passed
   * over; of a word that comes twice the first counts.
   *
   * @throws FormatException if lines differ in how many numbers they have, or one is no number;
   *     names the line
   * @throws IOException if it cannot be read
   */
  public static WordVectors read(Path file, Vocab vocab) throws IOException {
    Tensor vectors = null;
    BitSet known = new BitSet();
    try (LineReader lines = new LineReader(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String[] fields = line.stripTrailing().split(" ");
        if (lines.number() == 1 && fields.length == 2) {
          continue;
        }
        vectors = vectors == null ? empty(lines, vocab, fields.length - 1) : vectors;
        requireWidth(lines, fields, vectors.shape().last());
        int id = vocab.id(fields[0]);
        if (id >= 0 && !known.get(id)) {
          known.set(id);
          fill(lines, fields, vectors, id);
        }
      }
    }
    if (vectors == null) {
      throw new FormatException(file + ": there is no word");
    }
    return new WordVectors(vectors, known);
  }

  private static Tensor empty(LineReader lines, Vocab vocab, int width) throws FormatException {
    if (width < 1 || width > WIDEST) {
      throw new FormatException(
          where(lines) + "a word and 1 to " + WIDEST + " numbers expected, found " + width);
    }
    new HeapBudget(lines.file().toString()).take(4L * vocab.size() * width);
    if ((long) vocab.size() * width > Integer.MAX_VALUE) {
      throw new FormatException(
          where(lines) + width + " numbers for each of " + vocab.size() + " words are too many");
    }
    return Tensor.zeros(DType.F32, Shape.of(vocab.size(), width));
  }

  private static void requireWidth(LineReader lines, String[] fields, int width)
      throws FormatException {
    if (fields.length != width + 1) {
      throw new FormatException(
          where(lines) + (fields.length - 1) + " numbers, the first word has " + width);
    }
  }

  private static void fill(LineReader lines, String[] fields, Tensor vectors, int id)
      throws FormatException {
    int width = vectors.shape().last();
    for (int i = 0; i < width; i++) {
      vectors.set(id * width + i, number(lines, fields[i + 1]));
    }
  }

  private static float number(LineReader lines, String text) throws FormatException {
    try {
      float number = Float.parseFloat(text);
      if (Math.abs(number) < Float.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the message below says all
    }
    throw new FormatException(where(lines) + FormatException.quote(text) + " is no finite number");
  }

  private static String where(LineReader lines) {
    return lines.file() + ":" + lines.number() + ": ";
  }

  /** How many words have a vector. */
  public int count() {
    return known.cardinality();
  }
}

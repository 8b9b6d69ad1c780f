package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;

/**
 * Words with a tag each.
 *
 * @param words in order, at least one
 * @param tags of the words
 */
public record TaggedSentence(List<String> words, List<String> tags) {
  /** What a word and its tag take beside their characters. */
  private static final long WORD_BYTES = 160;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there is not one tag for each word
   */
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    if (words.size() != tags.size()) {
      throw new IllegalArgumentException(
          "sentence: " + words.size() + " words and " + tags.size() + " tags");
    }
  }

  /**
   * Reads sentences of CoNLL's form: a word a line with its tags behind it, between spaces or tabs;
   * an empty line ends a sentence. Lines that begin with {@code -DOCSTART-} are passed over.
   *
   * @param word the column of the words, from 0
   * @param tag the column of the tags
   * @throws FormatException if a line has too few columns, naming it, or there is no sentence
   * @throws IOException if it cannot be read
   */
  public static List<TaggedSentence> read(Path file, int word, int tag) throws IOException {
    List<TaggedSentence> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<String> tags = new ArrayList<>();
    HeapBudget budget = new HeapBudget(file.toString());
    try (LineReader lines = new LineReader(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.isBlank()) {
          end(words, tags, sentences);
        } else if (!line.startsWith("-DOCSTART-")) {
          String[] fields = line.strip().split("[ \t]+");
          if (fields.length <= Math.max(word, tag)) {
            throw new FormatException(
                file
                    + ":"
                    + lines.number()
                    + ": "
                    + fields.length
                    + " columns, "
                    + (Math.max(word, tag) + 1)
                    + " at least expected");
          }
          budget.take(WORD_BYTES + 2L * (fields[word].length() + fields[tag].length()));
          words.add(fields[word]);
          tags.add(fields[tag]);
        }
      }
    }
    end(words, tags, sentences);
    if (sentences.isEmpty()) {
      throw new FormatException(file + ": there is no sentence");
    }
    return sentences;
  }

  private static void end(List<String> words, List<String> tags, List<TaggedSentence> sentences) {
    if (!words.isEmpty()) {
      sentences.add(new TaggedSentence(words, tags));
      words.clear();
      tags.clear();
    }
  }
}

package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * Data sets in folders, beside those that {@link DataSets} opens. A module that reads some is a
 * service provider of this; a set is asked for by the word that names its format, since the files
 * alone do not tell what their columns mean.
 */
public interface DatasetSource {
  /** The words that name formats. */
  List<String> words();

  /**
   * Whether a format is drawn by rules, and so needs no folder.
   *
   * @param word one of {@link #words}
   */
  default boolean draws(String word) {
    return false;
  }

  /**
   * One part of a set that is drawn.
   *
   * @param part {@code train} or {@code test}
   * @param size how many examples
   * @throws IllegalArgumentException if this format is not drawn
   */
  default Dataset draw(String word, String part, int size) {
    throw new IllegalArgumentException(word + ": is read, not drawn");
  }

  /**
   * One part of a set.
   *
   * @param part {@code train} or {@code test}
   * @throws FormatException if the folder has no such part, or it cannot be read as the format says
   * @throws IOException if it cannot be read
   */
  Dataset open(Path folder, String part, String word, LoadProgress progress) throws IOException;
}

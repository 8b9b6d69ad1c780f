package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import limbeck.engine.io.FormatException;

/** Opens data sets whose format is named by a word: of this module and of all sources there are. */
public final class NamedFormats {
  private NamedFormats() {}

  private static ServiceLoader<DatasetSource> sources() {
    return ServiceLoader.load(DatasetSource.class, NamedFormats.class.getClassLoader());
  }

  /** All words. */
  public static List<String> words() {
    List<String> words = new ArrayList<>(DataFormat.words());
    sources().forEach(s -> words.addAll(s.words()));
    return words;
  }

  /**
   * One part of a set in a folder.
   *
   * @param part {@code train} or {@code test}
   * @throws IllegalArgumentException if no format is called so
   * @throws FormatException if the folder has no such part, or it cannot be read as the format says
   * @throws IOException if it cannot be read
   */
  public static Dataset open(Path folder, String part, String word, LoadProgress progress)
      throws IOException {
    if (DataFormat.words().contains(word)) {
      return DataSets.open(folder, part, DataFormat.of(word), progress);
    }
    for (DatasetSource source : sources()) {
      if (source.words().contains(word)) {
        return source.open(folder, part, word, progress);
      }
    }
    throw new IllegalArgumentException(
        "no data format \"" + word + "\"; there are " + String.join(", ", words()));
  }
}

package limbeck.kd.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import limbeck.engine.io.FormatException;
import limbeck.kd.Nearest;

/** Opens data sets whose format is named by a word: of this module and of all sources there are. */
public final class NamedFormats {
  private static final Pattern DRAWN =
      Pattern.compile("([a-z0-9-]+)(?::([1-9]\\d{0,6})\\+([1-9]\\d{0,6}))?");
  private static final String EXAMPLE = "generated-sentiment:8000+2000";
  private static final int TRAIN = 10_000;
  private static final int TEST = 2_000;

  private static final List<DatasetSource> SOURCES = load();

  private NamedFormats() {}

  private static List<DatasetSource> load() {
    List<DatasetSource> all = new ArrayList<>();
    ServiceLoader.load(DatasetSource.class, NamedFormats.class.getClassLoader()).forEach(all::add);
    return List.copyOf(all);
  }

  /** All words. */
  public static List<String> words() {
    List<String> words = new ArrayList<>(DataFormat.words());
    SOURCES.forEach(s -> words.addAll(s.words()));
    return words;
  }

  /** Whether data of a format are drawn: {@code generated-sentiment} and the like. */
  public static boolean draws(String word) {
    return drawing(name(word)) != null;
  }

  private static DatasetSource drawing(String name) {
    for (DatasetSource source : SOURCES) {
      if (source.words().contains(name) && source.draws(name)) {
        return source;
      }
    }
    return null;
  }

  private static String name(String word) {
    int colon = word.indexOf(':');
    return colon < 0 ? word : word.substring(0, colon);
  }

  /**
   * One part of a set that is drawn, of a size that may stand behind the format's word: {@code
   * generated-sentiment:8000+2000} has 8,000 examples to train on and 2,000 to test.
   *
   * @param part {@code train} or {@code test}
   * @throws IllegalArgumentException if the format is not drawn, or its sizes are written wrongly
   */
  public static Dataset draw(String word, String part) {
    Matcher m = DRAWN.matcher(word);
    DatasetSource source = drawing(name(word));
    if (source == null || !m.matches()) {
      throw new IllegalArgumentException(
          "data format \"" + word + "\": a drawn one expected, such as " + EXAMPLE);
    }
    boolean train = part.equals("train");
    String size = m.group(train ? 2 : 3);
    int usual = train ? TRAIN : TEST;
    return source.draw(m.group(1), part, size == null ? usual : Integer.parseInt(size));
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
    for (DatasetSource source : SOURCES) {
      if (source.words().contains(word)) {
        return source.open(folder, part, word, progress);
      }
    }
    throw new IllegalArgumentException(Nearest.none("data format", word, List.of(), words()));
  }
}

package limbeck.nlp.augment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import limbeck.kd.data.Dataset;
import limbeck.nlp.data.TextDataset;

/**
 * How expansions of texts are written: {@code name:turns,key=value,…}.
 *
 * @param name the whole text
 * @param form how it should be written, for errors
 * @param turns how often something is made of each example
 * @param settings the other values by their keys
 */
record ExpansionText(String name, String form, int turns, Map<String, String> settings) {
  private static final int MOST_TURNS = 1_000;

  /**
   * Reads one.
   *
   * @param prefix what it begins with, a colon at the end
   * @param keys that there are
   * @throws IllegalArgumentException if it is written wrongly
   */
  static ExpansionText of(String name, String prefix, Set<String> keys, String form) {
    String[] parts = name.substring(prefix.length()).split(",");
    Map<String, String> settings = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
      if (equals < 0 || !keys.contains(key)) {
        throw wrong(name, form);
      }
      settings.put(key, parts[i].substring(equals + 1));
    }
    try {
      int turns = Integer.parseInt(parts[0]);
      if (turns < 1 || turns > MOST_TURNS) {
        throw wrong(name, form);
      }
      return new ExpansionText(name, form, turns, settings);
    } catch (NumberFormatException e) {
      throw wrong(name, form);
    }
  }

  private static IllegalArgumentException wrong(String name, String form) {
    return new IllegalArgumentException(name + ": written as " + form);
  }

  /** The error of what is written wrongly. */
  IllegalArgumentException wrong() {
    return wrong(name, form);
  }

  double number(String key, double usual) {
    try {
      return settings.containsKey(key) ? Double.parseDouble(settings.get(key)) : usual;
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  long whole(String key, long usual) {
    try {
      return settings.containsKey(key) ? Long.parseLong(settings.get(key)) : usual;
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  /** A file or folder; null if none is named. */
  Path path(String key) {
    return settings.containsKey(key) ? Path.of(settings.get(key)) : null;
  }

  /** Requires texts. */
  static TextDataset texts(Dataset train) {
    if (train instanceof TextDataset texts) {
      return texts;
    }
    throw new IllegalArgumentException(
        train.name() + ": texts can be made of texts, but these are " + train.form());
  }
}

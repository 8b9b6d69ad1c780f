package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.kd.Nearest;
import limbeck.kd.recipe.RecipeException;

/**
 * The keys of a table of a recipe file. What is read is noted, so that {@link #done} can refuse
 * keys that mean nothing. Errors name file, line, table and key.
 */
final class Fields {
  private final TomlTree tree;
  private final String path;
  private final Map<String, Object> values;
  private final Set<String> known = new LinkedHashSet<>();

  Fields(TomlTree tree, String path, Map<String, Object> values) {
    this.tree = tree;
    this.path = path;
    this.values = values;
  }

  /** The table's path; empty for the whole document. */
  String path() {
    return path;
  }

  /** The keys there are, in the order of the text. */
  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  boolean has(String key) {
    known.add(key);
    return values.containsKey(key);
  }

  /** A string; the standard value if there is none, or an error if that is null. */
  String text(String key, String standard) {
    Object value = value(key, standard, "a string");
    if (value instanceof String s) {
      return s;
    }
    throw wrong(key, "a string expected, not " + value);
  }

  /** A string, or null. */
  String textOrNull(String key) {
    return has(key) ? text(key, null) : null;
  }

  /** A whole number in a range. */
  int whole(String key, Integer standard, int low, int high) {
    Object value = value(key, standard, "a whole number");
    if (value instanceof Number n
        && n.doubleValue() == n.longValue()
        && n.longValue() >= low
        && n.longValue() <= high) {
      return n.intValue();
    }
    throw wrong(key, "a whole number from " + low + " to " + high + " expected, not " + value);
  }

  /** A number in a range. */
  double real(String key, Double standard, double low, double high) {
    Object value = value(key, standard, "a number");
    if (value instanceof Number n && n.doubleValue() >= low && n.doubleValue() <= high) {
      return n.doubleValue();
    }
    throw wrong(key, "a number from " + low + " to " + high + " expected, not " + value);
  }

  /** true or false. */
  boolean flag(String key, Boolean standard) {
    Object value = value(key, standard, "true or false");
    if (value instanceof Boolean b) {
      return b;
    }
    throw wrong(key, "true or false expected, not " + value);
  }

  /** A word out of some. */
  String word(String key, String standard, List<String> words) {
    String value = text(key, standard);
    if (!words.contains(value)) {
      throw wrong(
          key,
          "one of "
              + String.join(", ", words)
              + " expected, not \""
              + value
              + "\""
              + Nearest.hint(value, words));
    }
    return value;
  }

  /** Whatever there is; null if there is nothing. */
  Object any(String key) {
    known.add(key);
    return values.get(key);
  }

  /** Whole numbers; none if there is no such key. */
  List<Integer> wholes(String key) {
    List<Integer> all = new ArrayList<>();
    for (Object o : list(key)) {
      if (!(o instanceof Long n) || n < 0 || n > Integer.MAX_VALUE) {
        throw wrong(key, "a list of whole numbers from 0 on expected");
      }
      all.add(n.intValue());
    }
    return all;
  }

  /** Finite numbers; none if there is no such key. */
  List<Double> reals(String key) {
    List<Double> all = new ArrayList<>();
    for (Object o : list(key)) {
      if (!(o instanceof Number n) || !Double.isFinite(n.doubleValue())) {
        throw wrong(key, "a list of numbers expected");
      }
      all.add(n.doubleValue());
    }
    return all;
  }

  /** Strings; none if there is no such key. */
  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    for (Object o : list(key)) {
      if (!(o instanceof String s)) {
        throw wrong(key, "a list of strings expected");
      }
      all.add(s);
    }
    return all;
  }

  private List<?> list(String key) {
    Object value = any(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list expected, in brackets");
  }

  /** A table within; an empty one if there is none. */
  Fields table(String key) {
    Object value = any(key);
    if (value == null) {
      return new Fields(tree, at(key), Map.of());
    }
    if (value instanceof Map<?, ?> map) {
      return new Fields(tree, at(key), copy(map));
    }
    throw wrong(key, "a table expected: [" + at(key) + "]");
  }

  /**
   * Tables of a list, such as {@code [[networks.student.stages]]}; none if there is no such key.
   */
  List<Fields> tables(String key) {
    List<Fields> all = new ArrayList<>();
    List<?> list = list(key);
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Map<?, ?> map)) {
        throw wrong(key, "a list of tables expected: [[" + at(key) + "]]");
      }
      all.add(new Fields(tree, at(key) + "[" + i + "]", copy(map)));
    }
    return all;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((k, v) -> copy.put((String) k, v));
    return copy;
  }

  private Object value(String key, Object standard, String what) {
    Object value = has(key) ? values.get(key) : standard;
    if (value == null) {
      throw error(path, "missing " + key + " (" + what + ")" + in());
    }
    return value;
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String in() {
    return path.isEmpty() ? "" : " in " + path;
  }

  /** An error about a key's value. */
  RecipeException wrong(String key, String what) {
    return error(at(key), at(key) + ": " + what);
  }

  /** An error about this table. */
  RecipeException wrong(String what) {
    return error(path, (path.isEmpty() ? "" : path + ": ") + what);
  }

  private RecipeException error(String where, String what) {
    return new RecipeException(tree.place(where) + ": " + what);
  }

  /**
   * Says that all keys were read that mean something.
   *
   * @throws RecipeException if there is another, naming the nearest that was read
   */
  void done() {
    tree.asked().computeIfAbsent(path, p -> new LinkedHashSet<>()).addAll(known);
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw error(
            at(key), "unknown key \"" + key + "\"" + in() + Nearest.hint(key, List.copyOf(known)));
      }
    }
  }
}

package limbeck.kd.recipe.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.kd.recipe.RecipeException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML document as maps, lists, strings, longs, doubles and booleans, in the order of the text,
 * with the line of everything.
 *
 * @param name of the file, for messages
 * @param root the document
 * @param lines of tables and values by path, such as {@code networks.student.stages[0].epochs}
 * @param asked keys that were looked for, by the path of their table
 */
record TomlTree(
    String name,
    Map<String, Object> root,
    Map<String, Integer> lines,
    Map<String, Set<String>> asked) {
  private static final int MOST_DEPTH = 32;
  private static final int MOST_DOTS = 1000;

  TomlTree(String name, Map<String, Object> root, Map<String, Integer> lines) {
    this(name, root, lines, new ConcurrentHashMap<>());
  }

  /**
   * Parses a text.
   *
   * @throws RecipeException if it is no TOML, naming the line
   */
  static TomlTree parse(String name, String text) {
    requireShallow(name, text);
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      TomlPosition at = result.errors().get(0).position();
      throw new RecipeException(
          name + ":" + at.line() + ": " + result.errors().get(0).getMessage());
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    return new TomlTree(name, map(result, "", lines), lines);
  }

  /** Parsing is recursive, and slow where it has to guess: brackets and dots are counted before. */
  private static void requireShallow(String name, String text) {
    int line = 1;
    int depth = 0;
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line += c == '\n' ? 1 : 0;
      dots = c == '\n' ? 0 : dots + (c == '.' ? 1 : 0);
      depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      depth = Math.max(0, depth);
      if (depth > MOST_DEPTH || dots > MOST_DOTS) {
        throw new RecipeException(
            name
                + ":"
                + line
                + ": more than "
                + MOST_DEPTH
                + " brackets within each other, or "
                + MOST_DOTS
                + " dots in a line");
      }
    }
  }

  private static Map<String, Object> map(TomlTable t, String path, Map<String, Integer> lines) {
    List<String> keys = new ArrayList<>(t.keySet());
    keys.sort(Comparator.comparingInt(k -> line(t.inputPositionOf(List.of(k)))));
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key : keys) {
      String at = path.isEmpty() ? key : path + "." + key;
      lines.put(at, line(t.inputPositionOf(List.of(key))));
      map.put(key, value(t.get(List.of(key)), at, lines));
    }
    return map;
  }

  private static int line(TomlPosition position) {
    return position == null ? 0 : position.line();
  }

  private static Object value(Object value, String path, Map<String, Integer> lines) {
    if (value instanceof TomlTable t) {
      return map(t, path, lines);
    }
    if (value instanceof TomlArray a) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < a.size(); i++) {
        String at = path + "[" + i + "]";
        lines.put(at, line(a.inputPositionOf(i)));
        list.add(value(a.get(i), at, lines));
      }
      return list;
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value
        : value.toString();
  }

  /** The whole document, to be read. */
  Fields fields() {
    return new Fields(this, "", root);
  }

  /** Where something stands, for messages: the file's name and the line. */
  String place(String path) {
    Integer line = lines.get(path);
    return line == null || line == 0 ? name : name + ":" + line;
  }
}

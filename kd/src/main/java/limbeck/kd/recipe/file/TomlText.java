package limbeck.kd.recipe.file;

import java.util.List;
import java.util.Locale;
import limbeck.kd.recipe.RecipeException;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** Single values as TOML writes them. */
final class TomlText {
  private TomlText() {}

  /** The text of a string, number, boolean, enum's constant or list of these. */
  static String value(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(TomlText::value).toList()) + "]";
    }
    if (value instanceof Double d) {
      return number(d);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Enum<?>) {
      return quoted(MethodReader.word(value));
    }
    return quoted(String.valueOf(value));
  }

  private static String number(double d) {
    return d == (long) d && Math.abs(d) < 1e15 ? Long.toString((long) d) : Double.toString(d);
  }

  private static String quoted(String text) {
    StringBuilder s = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        s.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        s.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        s.append(c);
      }
    }
    return s.append('"').toString();
  }

  /**
   * A value that was typed, of the kind of the one it replaces: strings need no quotes, lists of
   * numbers no brackets. A place such as {@code {units}}, where a sweep puts its values, may give
   * way to anything and take the place of anything.
   *
   * @param like the value it replaces; null if there is none
   * @throws RecipeException if it is no value
   */
  static Object parse(String key, String typed, Object like) {
    boolean place = like instanceof String s && SweepExpansion.isPlace(s);
    if (like instanceof String && !place || SweepExpansion.isPlace(typed)) {
      return typed;
    }
    boolean bare = like instanceof List && !typed.strip().startsWith("[");
    TomlParseResult result = Toml.parse("x = " + (bare ? "[" + typed + "]" : typed) + "\n");
    if (result.hasErrors() || result.size() != 1) {
      if (like == null || place) {
        return typed; // a word such as adam
      }
      throw new RecipeException(key + " = " + typed + ": a value such as " + value(like));
    }
    Object value = result.get("x");
    return value instanceof TomlArray a ? a.toList() : value;
  }
}

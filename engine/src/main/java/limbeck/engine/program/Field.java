package limbeck.engine.program;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/** Typed access to the members of a JSON object, each failure naming the place. */
final class Field {
  /** Numbers that JSON has no signs for, as {@link Double#toString} writes them. */
  private static final List<String> INFINITIES = List.of("Infinity", "-Infinity");

  private Field() {}

  private static Object get(Map<String, Object> json, String key, String where)
      throws FormatException {
    Object value = json.get(key);
    if (value == null) {
      throw new FormatException(where + ": member \"" + key + "\" is missing");
    }
    return value;
  }

  private static FormatException wrong(String key, String where, String expected) {
    return new FormatException(where + ": member \"" + key + "\" is not " + expected);
  }

  static String string(Map<String, Object> json, String key, String where) throws FormatException {
    if (get(json, key, where) instanceof String s) {
      return s;
    }
    throw wrong(key, where, "a string");
  }

  static double number(Map<String, Object> json, String key, String where) throws FormatException {
    Object value = get(json, key, where);
    if (value instanceof Number n) {
      return n.doubleValue();
    }
    if (INFINITIES.contains(value)) {
      return Double.parseDouble((String) value);
    }
    throw wrong(key, where, "a number");
  }

  static boolean flag(Map<String, Object> json, String key, String where) throws FormatException {
    if (get(json, key, where) instanceof Boolean b) {
      return b;
    }
    throw wrong(key, where, "true or false");
  }

  static List<?> list(Map<String, Object> json, String key, String where) throws FormatException {
    if (get(json, key, where) instanceof List<?> l) {
      return l;
    }
    throw wrong(key, where, "a list");
  }

  static int integer(Object value, String key, String where) throws FormatException {
    if (value instanceof Long n && n.intValue() == n) {
      return n.intValue();
    }
    if (value instanceof Integer n) { // not from a file: settings on their way into one
      return n;
    }
    throw wrong(key, where, "made of whole numbers");
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  static Map<String, Object> object(Object value, String where) throws FormatException {
    if (value instanceof Map<?, ?> m) {
      return (Map<String, Object>) m;
    }
    throw new FormatException(where + ": not a JSON object");
  }
}

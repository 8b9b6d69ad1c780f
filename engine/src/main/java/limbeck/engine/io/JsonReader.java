package limbeck.engine.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the value of a JSON text, counting depth and values against the limits. */
final class JsonReader {
  private final JsonTokens tokens;
  private final Json.Limits limits;
  private int values;

  private JsonReader(JsonTokens tokens, Json.Limits limits) {
    this.tokens = tokens;
    this.limits = limits;
  }

  static Object read(byte[] bytes, int length, String source, Json.Limits limits)
      throws FormatException {
    if (length > limits.length()) {
      throw new FormatException(
          source + ": longer than the limit of " + limits.length() + " bytes");
    }
    JsonTokens tokens = new JsonTokens(bytes, length, source);
    if (tokens.peek() == 0xef) {
      throw tokens.error("byte order mark; save the text as UTF-8 without one");
    }
    Object value = new JsonReader(tokens, limits).value(0);
    tokens.end();
    return value;
  }

  private Object value(int depth) throws FormatException {
    if (++values > limits.values()) {
      throw tokens.error("more than " + limits.values() + " values, the limit");
    }
    int c = tokens.peek();
    return switch (c) {
      case '{' -> object(inside(depth));
      case '[' -> array(inside(depth));
      case '"' -> tokens.string();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> tokens.number();
      default -> literal();
    };
  }

  private int inside(int depth) throws FormatException {
    if (depth == limits.depth()) {
      throw tokens.error("nested deeper than the limit of " + limits.depth() + " levels");
    }
    return depth + 1;
  }

  private Map<String, Object> object(int depth) throws FormatException {
    Map<String, Object> members = new LinkedHashMap<>();
    tokens.expect('{');
    while (tokens.more(members.isEmpty(), '}')) {
      String key = tokens.key();
      if (members.containsKey(key)) {
        throw tokens.error("key " + FormatException.quote(key) + " appears twice in one object");
      }
      members.put(key, value(depth));
    }
    return members;
  }

  private List<Object> array(int depth) throws FormatException {
    List<Object> elements = new ArrayList<>();
    tokens.expect('[');
    while (tokens.more(elements.isEmpty(), ']')) {
      elements.add(value(depth));
    }
    return elements;
  }

  private Object literal() throws FormatException {
    if (tokens.literal("true")) {
      return true;
    }
    if (tokens.literal("false")) {
      return false;
    }
    if (tokens.literal("null")) {
      return null;
    }
    throw tokens.error("expected a value but found " + tokens.found());
  }
}

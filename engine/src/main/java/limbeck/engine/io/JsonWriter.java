package limbeck.engine.io;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Turns values into JSON text, compact or indented. */
final class JsonWriter {
  private static final int MAX_DEPTH = 1000;
  private static final int LINE = 80;

  private final boolean pretty;
  private final StringBuilder out = new StringBuilder();

  JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  String write(Object value) {
    value(value, 0);
    return out.toString();
  }

  private void value(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "json: nested deeper than " + MAX_DEPTH + " levels; does a value contain itself?");
    }
    if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else if (value instanceof List<?> list) {
      array(list, depth);
    } else {
      scalar(value);
    }
  }

  private void scalar(Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Double number) {
      out.append(ShortestDecimal.of(number));
    } else if (value instanceof Float number) {
      out.append(ShortestDecimal.of(number));
    } else if (value == null
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      out.append(value);
    } else {
      throw new IllegalArgumentException(
          "json: cannot write a "
              + value.getClass().getName()
              + "; use Map, List, String, Boolean, Long, Double or null");
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> member : MapOrder.entries(map)) {
      if (!(member.getKey() instanceof String key)) {
        throw new IllegalArgumentException("json: key " + member.getKey() + " is not a string");
      }
      out.append(separator);
      line(depth + 1);
      string(key);
      out.append(pretty ? ": " : ":");
      value(member.getValue(), depth + 1);
      separator = ",";
    }
    close(map.isEmpty(), '}', depth);
  }

  private void array(List<?> list, int depth) {
    if (pretty && oneLine(list, depth)) {
      return;
    }
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      line(depth + 1);
      value(element, depth + 1);
      separator = ",";
    }
    close(list.isEmpty(), ']', depth);
  }

  /** Writes an array of scalars on the current line, unless it does not fit there. */
  private boolean oneLine(Collection<?> list, int depth) {
    int start = out.length();
    out.append('[');
    String separator = "";
    for (Object element : list) {
      boolean nested = element instanceof Map || element instanceof List;
      // a comma or the bracket is still to come
      if (nested || out.length() - start + 2 * depth >= LINE) {
        out.setLength(start);
        return false;
      }
      out.append(separator);
      scalar(element);
      separator = ", ";
    }
    out.append(']');
    if (out.length() - start + 2 * depth > LINE) {
      out.setLength(start);
      return false;
    }
    return true;
  }

  private void close(boolean empty, char bracket, int depth) {
    if (!empty) {
      line(depth);
    }
    out.append(bracket);
  }

  private void line(int depth) {
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        surrogates(text, i++);
      } else {
        character(c);
      }
    }
    out.append('"');
  }

  private void surrogates(String text, int i) {
    boolean pair =
        i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    if (!pair) {
      throw new IllegalArgumentException(
          "json: string "
              + FormatException.quote(text)
              + " has a lone surrogate at index "
              + i
              + " and so no UTF-8 form");
    }
    out.append(text, i, i + 2);
  }

  private void character(char c) {
    int which = "\"\\\b\f\n\r\t".indexOf(c);
    if (which >= 0) {
      out.append('\\').append("\"\\bfnrt".charAt(which));
    } else if (c < ' ') {
      out.append("\\u").append(FormatException.hex4(c));
    } else {
      out.append(c);
    }
  }
}

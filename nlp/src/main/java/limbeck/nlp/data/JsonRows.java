package limbeck.nlp.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;

/**
 * JSON lines: an object a line, whose keys are the columns; those of the first line count, and a
 * later one may leave some out. Numbers and truth values are read as they are written.
 */
final class JsonRows extends LineRows {
  private final List<String> columns = new ArrayList<>();
  private Map<?, ?> first;

  JsonRows(LineReader lines) throws IOException {
    super(lines);
    this.first = read();
    if (first != null) {
      first.keySet().forEach(key -> columns.add((String) key));
    }
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> next() throws IOException {
    Map<?, ?> row = first != null ? first : read();
    first = null;
    return row == null ? null : columns.stream().map(c -> text(row.get(c))).toList();
  }

  private Map<?, ?> read() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    try {
      if (Json.parse(line) instanceof Map<?, ?> row) {
        return row;
      }
    } catch (FormatException e) {
      throw new FormatException(where() + ": " + e.getMessage(), e);
    }
    throw new FormatException(where() + ": an object in braces expected");
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof String s ? s : Json.write(value);
  }
}

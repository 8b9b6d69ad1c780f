package limbeck.nlp.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * Fields between commas (RFC 4180): one that begins with a quotation mark goes to the next single
 * one, over commas and ends of lines; two of them inside stand for one.
 */
final class CsvRows extends LineRows {
  private static final int MOST_LINES = 100_000;

  private final List<String> columns;
  private int first;

  CsvRows(LineReader lines, boolean header) throws IOException {
    super(lines);
    List<String> names = header ? next() : null;
    this.columns = names == null ? List.of() : names;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    first = lines.number();
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder field = new StringBuilder();
        int close = quoted(line, at + 1, field);
        while (close < 0) {
          line = goOn(field);
          close = quoted(line, 0, field);
        }
        at = close + 1;
        requireEnd(line, at);
        fields.add(field.toString());
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        fields.add(line.substring(at, end));
        at = end;
      }
      at++; // the comma
    }
    return fields;
  }

  /** Appends to a quoted field; the place of its closing mark, −1 if the line ends before. */
  private static int quoted(String line, int from, StringBuilder field) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '"') {
        field.append(c);
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else {
        return i;
      }
    }
    return -1;
  }

  private String goOn(StringBuilder field) throws IOException {
    String line = lines.next();
    if (line == null || lines.number() - first > MOST_LINES) {
      throw new FormatException(
          lines.file()
              + ":"
              + first
              + ": a quotation mark that opens a field has no other that"
              + " closes it");
    }
    field.append('\n');
    if (field.length() > LineReader.LONGEST) {
      throw new FormatException(
          where() + ": a field of more than " + LineReader.LONGEST + " characters");
    }
    return line;
  }

  private void requireEnd(String line, int at) throws FormatException {
    if (at < line.length() && line.charAt(at) != ',') {
      throw new FormatException(
          where()
              + ": a comma expected after a quoted field, found "
              + FormatException.quote(line.substring(at)));
    }
  }

  @Override
  public String where() {
    return lines.file() + ":" + first;
  }
}

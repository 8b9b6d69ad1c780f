package limbeck.nlp.data;

import java.io.IOException;
import java.util.List;

/** Fields between tabs, as GLUE's files have them: a quotation mark is a character like others. */
final class TsvRows extends LineRows {
  private final List<String> columns;

  TsvRows(LineReader lines, boolean header) throws IOException {
    super(lines);
    List<String> first = header ? next() : null;
    this.columns = first == null ? List.of() : first;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<String> next() throws IOException {
    String line = lines.next();
    return line == null ? null : List.of(line.split("\t", -1));
  }
}

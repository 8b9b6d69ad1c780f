package limbeck.nlp.data;

import java.io.IOException;
import java.util.List;
import limbeck.engine.io.FormatException;

/**
 * Lines of a label, a space, and a text, as the questions of Li and Roth 2002 are published:
 * columns 0 and 1. Of a label with a finer one behind a colon, {@code NUM:date}, the first is
 * taken.
 */
final class LabelledRows extends LineRows {
  LabelledRows(LineReader lines) {
    super(lines);
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  @Override
  public List<String> next() throws IOException {
    String line = lines.next();
    if (line == null) {
      return null;
    }
    int space = line.indexOf(' ');
    if (space < 0) {
      throw new FormatException(where() + ": a label, a space and a text expected");
    }
    String label = line.substring(0, space);
    int colon = label.indexOf(':');
    return List.of(colon < 0 ? label : label.substring(0, colon), line.substring(space + 1));
  }
}

package limbeck.nlp.data;

import java.io.IOException;

/** Rows that are read from lines; a row is where the line that was read last is. */
abstract class LineRows implements RowReader {
  final LineReader lines;

  LineRows(LineReader lines) {
    this.lines = lines;
  }

  @Override
  public String where() {
    return lines.file() + ":" + lines.number();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

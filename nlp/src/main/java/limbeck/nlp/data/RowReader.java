package limbeck.nlp.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import limbeck.engine.io.FormatException;

/** The rows of a table, one after the other. */
public interface RowReader extends Closeable {
  /** Names of the columns; empty if the file does not name them. */
  List<String> columns();

  /**
   * The next row's fields; null behind the last one.
   *
   * @throws FormatException if a row is damaged, naming its line
   * @throws IOException if the file cannot be read
   */
  List<String> next() throws IOException;

  /** File and line of the row that was read last, for errors: {@code train.tsv:7}. */
  String where();

  /**
   * Opens a table by what its name ends with, {@code .gz} apart: {@code .tsv} or {@code .txt},
   * {@code .csv}, {@code .jsonl} or {@code .json}.
   *
   * @param header whether the first row of a TSV or CSV file names the columns
   * @throws FormatException if the name ends otherwise, or the first row is damaged
   * @throws IOException if the file cannot be read
   */
  static RowReader open(Path file, boolean header) throws IOException {
    return open(new LineReader(file), header);
  }

  /**
   * As above, of a file that is open; closed if it cannot be read.
   *
   * @param lines at its beginning
   */
  static RowReader open(LineReader lines, boolean header) throws IOException {
    try {
      return rows(lines, header);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  private static RowReader rows(LineReader lines, boolean header) throws IOException {
    Path file = lines.file();
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".tsv") || plain.endsWith(".txt")) {
      return new TsvRows(lines, header);
    }
    if (plain.endsWith(".csv")) {
      return new CsvRows(lines, header);
    }
    if (plain.endsWith(".jsonl") || plain.endsWith(".json")) {
      return new JsonRows(lines);
    }
    throw new FormatException(
        file + ": a table's name ends with .tsv, .txt, .csv or .jsonl, and .gz where it is zipped");
  }
}

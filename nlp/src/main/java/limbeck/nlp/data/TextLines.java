package limbeck.nlp.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.Nearest;

/**
 * Plain text, a line at a time: a file's lines, or one column of a table, whose rows are lines. A
 * source is written as the file's path, for a column with a colon and the column's name behind:
 * {@code reviews.txt.gz}, {@code train.tsv.gz:sentence}.
 */
public final class TextLines implements Closeable {
  private final LineReader lines;
  private final RowReader rows; // null: lines are texts
  private final int column;
  private int number;

  private TextLines(LineReader lines, RowReader rows, int column) {
    this.lines = lines;
    this.rows = rows;
    this.column = column;
  }

  /**
   * Opens a source.
   *
   * @throws FormatException if the table has no such column, naming the nearest
   * @throws IOException if the file cannot be read
   */
  public static TextLines open(String source) throws IOException {
    Path file = file(source);
    if (file.toString().equals(source)) {
      return new TextLines(new LineReader(file), null, -1);
    }
    String name = source.substring(source.lastIndexOf(':') + 1);
    boolean number = name.matches("\\d{1,4}");
    LineReader lines = new LineReader(file);
    RowReader rows = RowReader.open(lines, !number);
    int at = number ? Integer.parseInt(name) : rows.columns().indexOf(name);
    if (at < 0) {
      rows.close();
      throw new FormatException(
          file
              + ": there is no column \""
              + name
              + "\""
              + Nearest.hint(name, rows.columns())
              + "; there are "
              + TextFormat.shown(rows.columns()));
    }
    return new TextLines(lines, rows, at);
  }

  /** The file that a source names, without its column. */
  public static Path file(String source) {
    int colon = source.lastIndexOf(':');
    boolean whole = colon < 0 || Files.exists(Path.of(source));
    return Path.of(whole ? source : source.substring(0, colon));
  }

  /**
   * The next line; null behind the last one.
   *
   * @throws FormatException if it is damaged, or a row has no such column; names file and line
   * @throws IOException if it cannot be read
   */
  public String next() throws IOException {
    number++;
    if (rows == null) {
      return lines.next();
    }
    List<String> row = rows.next();
    if (row != null && row.size() <= column) {
      throw new FormatException(
          rows.where() + ": " + row.size() + " columns, " + (column + 1) + " at least expected");
    }
    return row == null ? null : row.get(column);
  }

  /** The number of the line that was read last. */
  public int number() {
    return number;
  }

  /**
   * How much of the file was read, from 0 to 1.
   *
   * @throws IOException if the file does not say
   */
  public double share() throws IOException {
    return lines.share();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

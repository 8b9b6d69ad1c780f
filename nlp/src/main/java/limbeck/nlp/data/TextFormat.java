package limbeck.nlp.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.HeapBudget;
import limbeck.kd.Nearest;

/**
 * Where a table has its texts and targets. Columns go by name, or where the file does not name them
 * by number from 0, as text.
 *
 * @param layout of a row
 * @param first the column of the text
 * @param second the column of the other of a pair; null if there is one text
 * @param target the column of label or score
 * @param labels what labels are written as, in the order of their numbers; empty: the target is a
 *     number, a score
 */
public record TextFormat(
    Layout layout, String first, String second, String target, List<String> labels) {

  /** What a row looks like. */
  public enum Layout {
    /** A table's, by what the file's name ends with; the first row names the columns. */
    NAMED,

    /** A table's whose columns have numbers alone. */
    NUMBERED,

    /** A label, column 0, a space, and a text, column 1. */
    LABELLED
  }

  /** What an example takes beside its characters. */
  private static final long EXAMPLE_BYTES = 160;

  private static final int MOST_SHOWN = 500;

  private static final List<String> BINARY = List.of("0", "1");

  /** SST-2 in GLUE's form: sentence, label. */
  public static final TextFormat SST2 =
      new TextFormat(Layout.NAMED, "sentence", null, "label", BINARY);

  /** MRPC as published: Quality, #1 ID, #2 ID, #1 String, #2 String. */
  public static final TextFormat MRPC =
      new TextFormat(Layout.NAMED, "#1 String", "#2 String", "Quality", BINARY);

  /** RTE in GLUE's form: sentence1, sentence2, label. */
  public static final TextFormat RTE =
      new TextFormat(Layout.NAMED, "sentence1", "sentence2", "label", BINARY);

  /** Question pairs without a header: question1, question2, label. */
  public static final TextFormat QUORA = new TextFormat(Layout.NUMBERED, "0", "1", "2", BINARY);

  /** SNLI without a header: premise, hypothesis, label. */
  public static final TextFormat SNLI =
      new TextFormat(Layout.NUMBERED, "0", "1", "2", List.of("0", "1", "2"));

  /** SICK's judgments of entailment. */
  public static final TextFormat SICK =
      new TextFormat(
          Layout.NAMED,
          "sentence_A",
          "sentence_B",
          "entailment_judgment",
          List.of("ENTAILMENT", "NEUTRAL", "CONTRADICTION"));

  /** The STS benchmark without a header: score fifth, sentences behind it. */
  public static final TextFormat STSB = new TextFormat(Layout.NUMBERED, "5", "6", "4", List.of());

  /** AG's news without a header: text, class. */
  public static final TextFormat AGNEWS =
      new TextFormat(
          Layout.NUMBERED, "0", null, "1", List.of("World", "Sports", "Business", "Sci/Tech"));

  /** Questions by what is asked for: label, perhaps with a finer one, and question. */
  public static final TextFormat TREC =
      new TextFormat(
          Layout.LABELLED, "1", null, "0", List.of("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"));

  /** Copies the labels. */
  public TextFormat {
    labels = List.copyOf(labels);
  }

  /**
   * The examples of a file.
   *
   * @throws FormatException if a column is not there, or a row is too short, its target no label or
   *     no number, or its text empty; names file and line
   * @throws IOException if it cannot be read
   */
  public List<TextExample> read(Path file) throws IOException {
    List<TextExample> examples = new ArrayList<>();
    HeapBudget budget = new HeapBudget(file.toString());
    try (RowReader rows = open(file)) {
      int[] at = {
        column(rows, first), second == null ? -1 : column(rows, second), column(rows, target)
      };
      for (List<String> row = rows.next(); row != null; row = rows.next()) {
        TextExample example = example(rows, row, at);
        budget.take(bytes(example));
        examples.add(example);
      }
    }
    if (examples.isEmpty()) {
      throw new FormatException(file + ": there is no row");
    }
    return examples;
  }

  private static long bytes(TextExample example) {
    String second = example.second() == null ? "" : example.second();
    return EXAMPLE_BYTES + 2L * (example.first().length() + second.length());
  }

  private RowReader open(Path file) throws IOException {
    return layout == Layout.LABELLED
        ? new LabelledRows(new LineReader(file))
        : RowReader.open(file, layout == Layout.NAMED);
  }

  private static int column(RowReader rows, String name) throws FormatException {
    int at = rows.columns().indexOf(name);
    if (at >= 0) {
      return at;
    }
    if (rows.columns().isEmpty() && name.matches("\\d{1,4}")) {
      return Integer.parseInt(name);
    }
    throw new FormatException(
        rows.where()
            + ": there is no column \""
            + name
            + "\""
            + Nearest.hint(name, rows.columns())
            + "; there are "
            + shown(rows.columns()));
  }

  /** The names of columns, for errors: not all of very many. */
  static String shown(List<String> columns) {
    String all = String.join(", ", columns);
    return all.length() > MOST_SHOWN ? all.substring(0, MOST_SHOWN) + "…" : all;
  }

  private TextExample example(RowReader rows, List<String> row, int[] at) throws FormatException {
    String text = field(rows, row, at[0]);
    String other = at[1] < 0 ? null : field(rows, row, at[1]);
    String said = field(rows, row, at[2]);
    return new TextExample(text, other, labels.isEmpty() ? score(rows, said) : label(rows, said));
  }

  private static String field(RowReader rows, List<String> row, int at) throws FormatException {
    if (at >= row.size()) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s: %d columns, %d at least expected",
              rows.where(),
              row.size(),
              at + 1));
    }
    return row.get(at);
  }

  private double label(RowReader rows, String said) throws FormatException {
    int label = labels.indexOf(said.strip());
    if (label < 0) {
      throw new FormatException(
          rows.where()
              + ": label "
              + FormatException.quote(said)
              + " is none of "
              + String.join(", ", labels));
    }
    return label;
  }

  private static double score(RowReader rows, String said) throws FormatException {
    try {
      double score = Double.parseDouble(said);
      if (Math.abs(score) < Double.POSITIVE_INFINITY) {
        return score;
      }
    } catch (NumberFormatException e) {
      // the message below says all
    }
    throw new FormatException(
        rows.where() + ": score " + FormatException.quote(said) + " is no finite number");
  }
}

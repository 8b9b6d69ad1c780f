package limbeck.autograd;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as their widest cell, two blanks apart. */
final class TextTable {
  private final String alignment;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param alignment one character per column: {@code <} left, {@code >} right
   */
  TextTable(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a row with a cell for each column. */
  void row(String... cells) {
    rows.add(cells);
  }

  /** The lines, without blanks at their ends. */
  @Override
  public String toString() {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String blanks = " ".repeat(widths[c] - row[c].length());
        line.append(c == 0 ? "" : "  ")
            .append(alignment.charAt(c) == '<' ? row[c] + blanks : blanks + row[c]);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

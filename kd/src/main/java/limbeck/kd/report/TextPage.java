package limbeck.kd.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Text in lines of at most {@value #WIDTH} columns: headings, wrapped paragraphs, definitions and
 * tables. Every piece passes through the same substitution of characters before it is laid out.
 */
final class TextPage {
  static final int WIDTH = 100;

  private static final int HANG = 2; // further lines of a paragraph

  private final UnaryOperator<String> glyphs;
  private final StringBuilder out = new StringBuilder();

  TextPage(UnaryOperator<String> glyphs) {
    this.glyphs = glyphs;
  }

  void blank() {
    out.append('\n');
  }

  /** A line as it is, however long: a command must stay in one piece. */
  void verbatim(String text) {
    line(glyphs.apply(text));
  }

  void heading(String text, char underline) {
    String shown = glyphs.apply(text);
    line(shown);
    line(String.valueOf(underline).repeat(Math.min(WIDTH, width(shown))));
  }

  /** The heading of a section, below a blank line. */
  void section(String title) {
    blank();
    heading(title, '-');
  }

  /** A paragraph, its further lines indented. */
  void paragraph(String text) {
    List<String> lines = wrapped(text, WIDTH - HANG);
    line(lines.get(0));
    lines.subList(1, lines.size()).forEach(rest -> line(" ".repeat(HANG) + rest));
  }

  /** Names on the left, what they mean wrapped on the right; without a meaning, left out. */
  void definitions(Map<String, String> all) {
    Map<String, String> entries = new LinkedHashMap<>(all);
    entries.values().removeIf(String::isBlank);
    int names = 0;
    for (String name : entries.keySet()) {
      names = Math.max(names, width(glyphs.apply(name)));
    }
    int at = Math.min(names, WIDTH / 3) + 2;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      String name = glyphs.apply(entry.getKey());
      List<String> lines = wrapped(entry.getValue(), WIDTH - at);
      line(pad(name, Math.max(at, width(name) + 2), false) + lines.get(0));
      lines.subList(1, lines.size()).forEach(rest -> line(" ".repeat(at) + rest));
    }
  }

  /** Breaks at spaces before substitution, which may make a space out of one that must hold. */
  private List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String piece : text.trim().split(" +")) {
      String word = glyphs.apply(piece);
      if (current.length() > 0 && width(current.toString()) + 1 + width(word) > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      current.append(current.length() > 0 ? " " : "").append(word);
    }
    lines.add(current.toString());
    return lines;
  }

  /**
   * A table with heads; the first column is left-aligned, the others right-aligned. Columns that do
   * not fit go to a table of their own below, with the first column again.
   */
  void table(List<List<String>> rows) {
    List<List<String>> shown = rows.stream().map(row -> row.stream().map(glyphs).toList()).toList();
    int columns = shown.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : shown) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], width(row.get(c)));
      }
    }
    int from = 1;
    do {
      int to = from;
      int used = widths[0];
      while (to < columns && (to == from || used + 2 + widths[to] <= WIDTH)) {
        used += 2 + widths[to++];
      }
      if (from > 1) {
        blank();
      }
      block(shown, widths, from, to);
      from = to;
    } while (from < columns);
  }

  private void block(List<List<String>> rows, int[] widths, int from, int to) {
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder(pad(row.get(0), widths[0], false));
      for (int c = from; c < to; c++) {
        text.append("  ").append(pad(row.get(c), widths[c], true));
      }
      line(text.toString());
    }
  }

  private static String pad(String text, int width, boolean right) {
    String space = " ".repeat(Math.max(0, width - width(text)));
    return right ? space + text : text + space;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

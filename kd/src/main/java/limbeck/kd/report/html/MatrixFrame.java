package limbeck.kd.report.html;

import java.util.List;

/**
 * The frame of a matrix of classes: labels at the left, predictions at the top. Names longer than
 * two letters stand upright over their columns.
 */
final class MatrixFrame {
  /** Classes up to which cells carry numbers. */
  private static final int NUMBERED = 12;

  private static final double NAME_SIZE = 11.5;
  private static final double ROOM = 76; // for a name
  private static final double UPRIGHT = 22; // names wider than this stand

  private final List<String> classes;
  private final double longest;
  private final double left;
  private final double top;
  private final double size;

  MatrixFrame(List<String> classes) {
    this.classes = classes;
    this.longest = classes.stream().mapToDouble(c -> Labels.width(c, NAME_SIZE)).max().orElse(0);
    this.left = 16 + Math.min(ROOM, Math.max(12, longest));
    this.top = longest > UPRIGHT ? 20 + Math.min(ROOM, longest) : 34;
    this.size = (Plot.WIDE - left) / classes.size();
  }

  /** What stands in a cell: markup of the cell at its place. */
  interface Cell {
    String of(int label, int predicted);
  }

  boolean numbered() {
    return classes.size() <= NUMBERED;
  }

  /** Whether a number fits into a cell. */
  boolean hasRoom(String number) {
    return Labels.width(number) < size;
  }

  String className(int index) {
    return classes.get(index);
  }

  /** A plot of all cells, row by row. */
  String plot(String name, Cell cell) {
    StringBuilder out = new StringBuilder(frame());
    for (int i = 0; i < classes.size(); i++) {
      for (int j = 0; j < classes.size(); j++) {
        out.append(cell.of(i, j));
      }
    }
    return Svg.plot(Plot.WIDE, Math.ceil(top + size * classes.size()), name, out.toString());
  }

  private String frame() {
    double height = top + size * classes.size();
    double middle = top + (height - top) / 2;
    StringBuilder out = new StringBuilder();
    double over = left + (Plot.WIDE - left) / 2;
    out.append(Svg.text(over, 9, "predicted", "text-anchor", "middle"));
    out.append(
        Svg.text(9, middle, "label", "text-anchor", "middle", "transform", turned(9, middle)));
    for (int k = 0; k < classes.size(); k++) {
      out.append(names(k));
    }
    return out.toString();
  }

  private String names(int k) {
    double x = left + (k + 0.5) * size;
    String name = Labels.fit(classes.get(k), ROOM, NAME_SIZE);
    String over =
        longest > UPRIGHT
            ? Svg.text(x + 3.7, top - 5, name, "class", "b", "transform", turned(x + 3.7, top - 5))
            : Svg.text(x, top - 6, name, "text-anchor", "middle", "class", "b");
    double y = top + (k + 0.5) * size + 3.7;
    return over + Svg.text(left - 5, y, name, "text-anchor", "end", "class", "b");
  }

  private static String turned(double x, double y) {
    return "rotate(-90 " + Svg.at(x, y) + ")";
  }

  /** The ground of a cell on the diagonal, which is no error. */
  String tile(int i) {
    return Svg.rect(x(i), y(i), size - 1, size - 1, "class", "tile");
  }

  /** The ground of an error, shaded from 0 to 1, that says its value. */
  String shade(int i, int j, double share, String css, String tip) {
    String alpha = "--a:" + Ticks.decimals(share, 3);
    return Svg.titledRect(
        x(j), y(i), size - 1, size - 1, tip, "class", "m cell " + css, "style", alpha);
  }

  private double x(int j) {
    return left + j * size + 0.5;
  }

  private double y(int i) {
    return top + i * size + 0.5;
  }

  /** A number in a cell. */
  String number(int i, int j, String number, Object... more) {
    Object[] attributes = new Object[more.length + 2];
    attributes[0] = "text-anchor";
    attributes[1] = "middle";
    System.arraycopy(more, 0, attributes, 2, more.length);
    double x = left + (j + 0.5) * size;
    return Svg.text(x, top + (i + 0.5) * size + 3.7, number, attributes);
  }

  /** A number on a shaded cell. */
  String inked(int i, int j, String number) {
    return number(i, j, number, "style", "fill:var(--ink)");
  }
}

package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.IntStream;
import limbeck.kd.report.NumberFormats;

/**
 * Confusion counts, summed over seeds: only errors are shaded, in the colour of the arm, on a scale
 * that both students share; the diagonal counts what is right on a neutral ground.
 */
final class ConfusionMatrix {
  private static final double SAID = 0.1; // of the largest count: smaller ones have no number

  private ConfusionMatrix() {}

  /**
   * The figure.
   *
   * @param counts {@code counts[label][predicted]}
   * @param most largest number of errors in a cell, of both students
   */
  static String of(MatrixFrame frame, String label, Look look, List<List<Long>> counts, long most) {
    String plot =
        frame.plot(
            "Confusion matrix, " + label + ".",
            (i, j) -> i == j ? right(frame, counts, i) : error(frame, counts, i, j, look, most));
    String title =
        Markup.tag("b", look.key() + Markup.escape(label), "class", "c-text " + look.css());
    String sum = NumberFormats.grouped(errors(counts)) + " errors";
    return Html.figure(title + " " + Markup.tag("span", sum), plot);
  }

  private static String right(MatrixFrame frame, List<List<Long>> counts, int i) {
    String number = Long.toString(counts.get(i).get(i));
    boolean said = frame.numbered() && frame.hasRoom(number);
    return frame.tile(i) + (said ? frame.number(i, i, number) : "");
  }

  private static String error(
      MatrixFrame frame, List<List<Long>> counts, int i, int j, Look look, long most) {
    long count = counts.get(i).get(j);
    if (count == 0) {
      return "";
    }
    long all = counts.get(i).stream().mapToLong(Long::longValue).sum();
    String tip =
        frame.className(i)
            + " taken for "
            + frame.className(j)
            + ": "
            + NumberFormats.grouped(count)
            + " of "
            + NumberFormats.grouped(all);
    double share = (double) count / most;
    String number = Long.toString(count);
    boolean said = frame.numbered() && share > SAID && frame.hasRoom(number);
    return frame.shade(i, j, share, look.css(), tip) + (said ? frame.inked(i, j, number) : "");
  }

  private static long errors(List<List<Long>> counts) {
    return IntStream.range(0, counts.size())
        .mapToLong(
            i -> counts.get(i).stream().mapToLong(Long::longValue).sum() - counts.get(i).get(i))
        .sum();
  }

  /** The largest number of errors in a cell, at least 1. */
  static long most(List<List<Long>> counts) {
    long most = 1;
    for (int i = 0; i < counts.size(); i++) {
      for (int j = 0; j < counts.size(); j++) {
        most = i == j ? most : Math.max(most, counts.get(i).get(j));
      }
    }
    return most;
  }
}

package limbeck.kd.report.html;

import java.util.List;

/** Two confusion matrices, the one minus the other: signed numbers, better or worse by colour. */
final class MatrixDifference {
  private static final double SAID = 0.16; // of the largest: smaller ones have no number

  private final MatrixFrame frame;
  private final List<List<Long>> before;
  private final List<List<Long>> after;
  private final long most;

  private MatrixDifference(MatrixFrame frame, List<List<Long>> before, List<List<Long>> after) {
    this.frame = frame;
    this.before = before;
    this.after = after;
    long largest = 1;
    for (int i = 0; i < before.size(); i++) {
      for (int j = 0; j < before.size(); j++) {
        largest = i == j ? largest : Math.max(largest, Math.abs(difference(i, j)));
      }
    }
    this.most = largest;
  }

  /** The figure of after − before. */
  static String of(
      MatrixFrame frame, String title, List<List<Long>> before, List<List<Long>> after) {
    String caption =
        Markup.tag("b", Markup.escape(title))
            + " "
            + Markup.tag(
                "span",
                Look.DISTILLED.named("blue: fewer") + ", " + Look.ALONE.named("orange: more"));
    String name = "Difference of the two confusion matrices, " + title + ".";
    return Html.figure(caption, frame.plot(name, new MatrixDifference(frame, before, after)::cell));
  }

  private long difference(int i, int j) {
    return after.get(i).get(j) - before.get(i).get(j);
  }

  private String cell(int i, int j) {
    long d = difference(i, j);
    String number = Signed.whole(d);
    boolean room = frame.numbered() && frame.hasRoom(number);
    if (i == j) {
      return frame.tile(i) + (room ? frame.number(i, i, number) : "");
    }
    if (d == 0) {
      return "";
    }
    Look look = d < 0 ? Look.DISTILLED : Look.ALONE;
    double share = (double) Math.abs(d) / most;
    String tip = frame.className(i) + " taken for " + frame.className(j) + ": " + number;
    boolean said = room && share > SAID;
    return frame.shade(i, j, share, look.css(), tip) + (said ? frame.inked(i, j, number) : "");
  }
}

package limbeck.kd.report.html;

/**
 * Labels of plots by their estimated width, which differs from font to font by a few percent. What
 * does not fit loses its end; the full name stands in tips and tables.
 */
final class Labels {
  /** Size of the text of plots. */
  static final double SIZE = 10.5;

  private static final double LETTER = 0.58; // mean width of a letter, of the size

  private Labels() {}

  static double width(String text) {
    return width(text, SIZE);
  }

  static double width(String text, double size) {
    return text.codePointCount(0, text.length()) * size * LETTER;
  }

  /** The text, or its start and an ellipsis where there is no room for all. */
  static String fit(String text, double room, double size) {
    int letters = (int) Math.floor(room / (size * LETTER));
    if (text.codePointCount(0, text.length()) <= letters) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(1, letters - 1))) + "…";
  }

  /** A label centred on x, but turned inward at the edges of a plot. */
  static String inward(double x, double y, String text, double plotWidth) {
    double half = width(text) / 2;
    if (x - half < 0) {
      return Svg.text(0, y, text, "text-anchor", "start");
    }
    return x + half > plotWidth
        ? Svg.text(plotWidth, y, text, "text-anchor", "end")
        : Svg.text(x, y, text, "text-anchor", "middle");
  }

  /** The first letters of a text. */
  static String start(String text, int letters) {
    return text.codePointCount(0, text.length()) <= letters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, letters));
  }

  /**
   * Heights of labels that want to stand at some heights, ascending: at least a distance apart and
   * between two ends, as near as that allows.
   */
  static double[] spread(double[] wanted, double distance, double from, double to) {
    double[] at = wanted.clone();
    for (int i = 0; i < at.length; i++) {
      at[i] = Math.max(at[i], i == 0 ? from : at[i - 1] + distance);
    }
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], i == at.length - 1 ? to : at[i + 1] - distance);
    }
    return at;
  }
}

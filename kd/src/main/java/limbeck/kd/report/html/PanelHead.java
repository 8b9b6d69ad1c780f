package limbeck.kd.report.html;

/** The head of a small panel: shape and name of its arm, and one figure at the right. */
final class PanelHead {
  private static final double NAME_SIZE = 12.5;

  private PanelHead() {}

  /**
   * The head.
   *
   * @param figure text that ends at {@code right}
   */
  static String of(String label, Look look, String figure, double right) {
    String shape = Markup.tag("g", look.mark(5, 7, 4), "transform", "translate(0 -1)");
    double room = Plot.SMALL - 26 - Labels.width(figure, 12);
    String name = Labels.fit(label, room, NAME_SIZE);
    return shape
        + Svg.text(14, 10, name, "class", "l b c " + look.css())
        + Svg.text(right, 10, figure, "class", "l", "text-anchor", "end");
  }
}

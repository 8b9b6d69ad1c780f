package limbeck.kd.report.html;

import java.util.List;
import java.util.Map;

/** Errors in one pair of classes as marks on a hairline, the values standing in the same row. */
final class PairPlot {
  private static final int WIDTH = 132;
  private static final double MIDDLE = 8;

  private PairPlot() {}

  /**
   * The drawing.
   *
   * @param roles that are drawn
   * @param errors by role
   * @param most upper end of the axis, the same for all pairs
   */
  static String of(RunView run, List<String> roles, Map<String, Long> errors, long most) {
    Scale x = Scale.linear(0, most, 6, WIDTH - 6);
    StringBuilder out = new StringBuilder();
    out.append(Svg.line(x.at(0), MIDDLE, x.at(most), MIDDLE, "grid-line"));
    if (errors.containsKey("student") && errors.containsKey("distilled")) {
      double alone = x.at(errors.get("student"));
      out.append(Svg.line(alone, MIDDLE, x.at(errors.get("distilled")), MIDDLE, "axis"));
    }
    for (String role : roles) {
      if (errors.containsKey(role)) {
        double size = role.equals("student") ? 5 : 3.6;
        out.append(run.lookOf(role).mark(x.at(errors.get(role)), MIDDLE, size));
      }
    }
    return Svg.ornament(WIDTH, 2 * MIDDLE, out.toString(), "style", "width:" + WIDTH + "px");
  }
}

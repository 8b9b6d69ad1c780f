package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.Arm;
import limbeck.kd.report.Curve;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;

/**
 * Learning curves: one row of panels per metric, one panel per arm, the same axes in a row. The
 * training loss, which differs from objective to objective, is folded away beside validation.
 */
final class CurvesSection {
  private final RunView run;
  private final List<Curve> curves;

  private CurvesSection(RunView run) {
    this.run = run;
    this.curves =
        run.report().curves().stream()
            .filter(c -> !c.values().isEmpty() && run.report().isShown(c.arm()))
            .toList();
  }

  /** The section; empty without curves. */
  static String of(RunView run) {
    CurvesSection section = new CurvesSection(run);
    return section.curves.isEmpty() ? "" : section.draw();
  }

  private String draw() {
    List<String> metrics =
        curves.stream()
            .map(Curve::metric)
            .distinct()
            .sorted(Comparator.comparing(metric -> metric.equals("trainLoss")))
            .toList();
    String note =
        "One panel per arm: thin lines are seeds, the thick line their mean, grey lines the other"
            + " arms. Same axes in every panel, nothing smoothed. The number is the mean at the"
            + " last epoch.";
    String panels = metrics.stream().map(this::panels).collect(Collectors.joining());
    String body = Html.note(note) + panels + Html.numbers("Best and last values", table(metrics));
    String finding = Markup.escape(new Findings(run.report()).curves());
    return Html.section("curves", "Learning curves", finding, body);
  }

  private List<Curve> of(String metric, Arm arm) {
    return curves.stream()
        .filter(c -> c.metric().equals(metric) && c.arm().equals(arm.id()))
        .toList();
  }

  private List<Arm> drawn(String metric) {
    return run.arms().stream()
        .filter(arm -> !of(metric, arm).isEmpty())
        .filter(arm -> !CurvePanel.mean(of(metric, arm)).isEmpty())
        .toList();
  }

  private String panels(String metric) {
    CurveFrame frame =
        new CurveFrame(metric, curves.stream().filter(c -> c.metric().equals(metric)).toList());
    String heading =
        Markup.escape(frame.title())
            + " "
            + Markup.tag("span", Markup.escape(frame.note()), "class", "note");
    StringBuilder panels = new StringBuilder();
    for (Arm arm : drawn(metric)) {
      List<List<Svg.Point>> others = new ArrayList<>();
      for (Arm other : drawn(metric)) {
        if (!other.id().equals(arm.id())) {
          others.add(CurvePanel.mean(of(metric, other)));
        }
      }
      panels.append(CurvePanel.of(frame, arm, run.look(arm), of(metric, arm), others));
    }
    String grid = Html.grid("grid small", panels.toString());
    boolean aside = metric.equals("trainLoss") && curves.stream().anyMatch(c -> isValidation(c));
    return aside ? Html.more(heading, grid) : Markup.tag("h3", heading) + grid;
  }

  private static boolean isValidation(Curve curve) {
    return curve.metric().startsWith("validation");
  }

  private String table(List<String> metrics) {
    List<List<String>> rows = new ArrayList<>();
    for (String metric : metrics) {
      String title =
          new CurveFrame(metric, curves.stream().filter(c -> c.metric().equals(metric)).toList())
              .title();
      double sign = metric.equals(CurveFrame.PEARSON) ? -1 : 1;
      drawn(metric)
          .forEach(arm -> rows.add(row(arm, title, sign, CurvePanel.mean(of(metric, arm)))));
    }
    return Html.table(List.of("arm", "metric", "best", "at epoch", "last"), rows);
  }

  /**
   * An arm's line.
   *
   * @param sign −1 where higher is better
   */
  private static List<String> row(Arm arm, String metric, double sign, List<Svg.Point> mean) {
    Svg.Point best = mean.stream().min(Comparator.comparingDouble(p -> sign * p.y())).orElseThrow();
    return List.of(
        Markup.escape(arm.label()),
        Markup.escape(metric),
        NumberFormats.fixed(best.y(), 3),
        Ticks.plain(best.x()),
        NumberFormats.fixed(mean.get(mean.size() - 1).y(), 3));
  }
}

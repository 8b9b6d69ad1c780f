package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Paths;

/** Path: the chain of arms, schedules, paths that were considered. */
final class PathSection {
  private PathSection() {}

  /** The section; empty where there is nothing of these. */
  static String of(RunView run) {
    Paths paths = run.report().paths();
    String chain = Chain.of(run);
    String schedules =
        paths.schedules().stream()
            .filter(s -> !s.series().isEmpty())
            .map(s -> SchedulePlot.of(s, run.report().arm(s.arm()), run.look(s.arm())))
            .collect(Collectors.joining());
    String tried = considered(paths.considered(), run.report().run().seeds().size());
    if (chain.isEmpty() && schedules.isEmpty() && tried.isEmpty()) {
      return "";
    }
    String plots = schedules + (tried.isEmpty() ? "" : Html.grid("grid", tried));
    String grid =
        plots.isEmpty()
            ? ""
            : Markup.tag("div", plots, "class", "grid two", "style", "margin-top:26px");
    String finding = Markup.escape(new Findings(run.report()).path());
    return Html.section("path", "Path", finding, chain + grid);
  }

  private static String chosen(Paths.Considered c, int seeds) {
    String choice = c.choice(seeds);
    return choice.isEmpty() ? "" : " " + (c.chosen() ? Markup.tag("b", choice) : choice);
  }

  private static String considered(List<Paths.Considered> paths, int seeds) {
    if (paths.isEmpty()) {
      return "";
    }
    List<List<String>> rows =
        paths.stream()
            .map(
                c ->
                    List.of(
                        Markup.escape(String.join(" → ", c.path())) + chosen(c, seeds),
                        Double.isFinite(c.validation()) ? c.said() : NumberFormats.MISSING))
            .toList();
    String table = Html.table(List.of("path", paths.get(0).name()), rows);
    return Markup.tag(
        "div",
        Markup.tag("h3", "Paths considered", "style", "margin-top:0")
            + Html.note("By network, chosen on validation data only.")
            + Html.region("Paths considered", table));
  }
}

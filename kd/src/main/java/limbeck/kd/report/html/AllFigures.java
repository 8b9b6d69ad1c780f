package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.Arm;
import limbeck.kd.report.FiguresTable;

/** The table of all figures: metrics as rows, arms as columns. */
final class AllFigures {
  private static final int FITTING = 5; // arms that a phone shows side by side
  private static final int COLUMN = 66; // least width of a column, in pixels, beyond that
  private static final int USUAL = 9; // letters of a figure that fit into that: 1,688,602
  private static final int DIGIT = 7; // width of a further one

  private final RunView run;
  private final List<Arm> arms;

  private AllFigures(RunView run) {
    this.run = run;
    this.arms = run.arms();
  }

  static String of(RunView run) {
    return new AllFigures(run).draw();
  }

  private String draw() {
    String style = "--arms:" + arms.size();
    int column = column();
    if (arms.size() > FITTING || column > COLUMN) {
      style += ";min-width:" + arms.size() * column + "px";
    }
    String columns =
        arms.stream()
            .map(arm -> Markup.open("col", "class", isMain(arm) ? "chosen" : null))
            .collect(Collectors.joining("", "<col>", ""));
    String body =
        FiguresTable.of(run.report()).stream().map(this::line).collect(Collectors.joining());
    String caption = Markup.tag("caption", "Every arm of the run by metric", "class", "vh");
    return Markup.tag(
        "table",
        String.join(
            "\n",
            caption,
            Markup.tag("colgroup", columns),
            Markup.tag("thead", Markup.tag("tr", heads())),
            Markup.tag("tbody", body)),
        "class",
        "roles",
        "style",
        style);
  }

  /** The width that the longest figure needs, as figures are not broken. */
  private int column() {
    int longest =
        FiguresTable.of(run.report()).stream()
            .flatMap(line -> line.cells().stream())
            .mapToInt(cell -> cell.value().length())
            .max()
            .orElse(0);
    return COLUMN + DIGIT * Math.max(0, longest - USUAL);
  }

  private boolean isMain(Arm arm) {
    return arm.id().equals(run.main().id());
  }

  private String heads() {
    String hidden = Markup.tag("span", "metric", "class", "vh");
    return arms.stream()
        .map(
            arm ->
                Markup.tag(
                    "th",
                    run.look(arm).key() + Markup.escape(arm.label()),
                    "scope",
                    "col",
                    "class",
                    "c-text " + run.look(arm).css()))
        .collect(Collectors.joining("", Markup.tag("th", hidden, "scope", "col"), ""));
  }

  private String line(FiguresTable.Line line) {
    StringBuilder out = new StringBuilder(Html.rowHead(Markup.escape(line.title())));
    for (int i = 0; i < arms.size(); i++) {
      String css = isMain(arms.get(i)) ? "main" : null;
      out.append(Markup.tag("td", cell(line.cells().get(i)), "class", css));
    }
    return Markup.tag("tr", out.toString());
  }

  private static String cell(FiguresTable.Cell cell) {
    String value = Markup.escape(cell.value());
    return cell.half().isEmpty()
        ? value
        : value + " " + Markup.tag("span", "±\u202f" + Markup.escape(cell.half()), "class", "half");
  }
}

package limbeck.kd.report.html;

import java.util.List;
import limbeck.kd.report.Arm;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Paths;
import limbeck.kd.report.Row;
import limbeck.kd.report.Sentences;

/**
 * Teacher, assistants and student as boxes, the methods between them as arrows; a long chain goes
 * down the page.
 */
final class Chain {
  private static final int SIDE_BY_SIDE = 3;

  private Chain() {}

  /** An ordered list; empty without a chain. */
  static String of(RunView run) {
    List<Paths.Hop> chain = run.report().paths().chain();
    if (chain.isEmpty()) {
      return "";
    }
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < chain.size(); i++) {
      String arrow = i == 0 ? "" : arrow(run, chain.get(i));
      items.append(Markup.tag("li", arrow + box(run, chain.get(i))));
    }
    String css = chain.size() <= SIDE_BY_SIDE ? "chain across" : "chain";
    return Markup.tag("ol", items.toString(), "class", css);
  }

  private static String arrow(RunView run, Paths.Hop hop) {
    String method = hop.method() == null ? "" : hop.method();
    String detail = hop.detail() == null ? "" : hop.detail();
    String dense = "";
    if (hop.taughtBy().size() == 1) {
      detail = detail.replace(" with " + hop.taughtBy().get(0), ""); // the arrow comes from it
    } else if (!hop.taughtBy().isEmpty()) {
      List<String> further = hop.taughtBy().subList(0, hop.taughtBy().size() - 1);
      List<String> names = further.stream().map(run::label).toList();
      dense = "<br>" + Markup.escape("also taught by " + Sentences.list(names));
    }
    return Markup.tag(
        "div", Markup.tag("b", Markup.escape(method)) + Formula.of(detail) + dense, "class", "hop");
  }

  private static String box(RunView run, Paths.Hop hop) {
    Arm arm = run.report().arm(hop.arm());
    Look look = run.look(arm);
    StringBuilder lines = new StringBuilder();
    lines.append(Markup.tag("b", look.key() + Markup.escape(arm.label())));
    if (arm.network() != null) {
      lines.append(line(arm.network()));
    }
    List<Row> rows = run.rows(arm);
    if (!rows.isEmpty() && rows.get(0).parameters() >= 0) {
      lines.append(line(NumberFormats.grouped(rows.get(0).parameters()) + " parameters"));
    }
    run.meanFigure(arm)
        .ifPresent(m -> lines.append(line(run.mean(m.mean()) + " " + run.figureName())));
    return Markup.tag("div", lines.toString(), "class", "node " + look.css());
  }

  private static String line(String text) {
    return Markup.tag("span", Markup.escape(text));
  }
}

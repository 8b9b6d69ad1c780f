package limbeck.kd.report.html;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.kd.report.ConfusablePair;
import limbeck.kd.report.NumberFormats;

/** Confusable pairs: soft mass and the errors of teacher and students. */
final class PairTable {
  private static final String BAR_CELL = "text-align:left;padding-top:4px;padding-bottom:4px";

  private final RunView run;
  private final List<ConfusablePair> pairs;
  private final List<String> roles;
  private final long most;

  private PairTable(RunView run) {
    this.run = run;
    List<String> classes = run.report().data().classes();
    this.pairs =
        run.report().pairs().stream()
            .filter(p -> Math.max(p.a(), p.b()) < classes.size() && Math.min(p.a(), p.b()) >= 0)
            .toList();
    this.roles = pairs.isEmpty() ? List.of() : run.rolesIn(pairs.get(0).errors());
    this.most =
        pairs.stream()
            .flatMap(p -> p.errors().values().stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(1);
  }

  /** Heading and table; empty without pairs. */
  static String of(RunView run) {
    PairTable table = new PairTable(run);
    return table.pairs.isEmpty() ? "" : table.draw();
  }

  private String draw() {
    double t = run.report().recipe().temperature();
    String at = Double.isFinite(t) ? " at T = " + Ticks.plain(t) : "";
    String note =
        "ordered by how much of the "
            + (roles.contains("assistant") ? "assistant" : "teacher")
            + "’s target"
            + at
            + " goes from the one class to the other";
    String heading = "Confusable pairs " + Markup.tag("span", note, "class", "note");
    String rows = pairs.stream().map(this::row).collect(Collectors.joining());
    String table = Html.table("sortable pairs", Markup.tag("tr", heads()), rows);
    return Markup.tag("h3", heading) + "\n" + Html.region("Confusable pairs", table);
  }

  private String heads() {
    return Html.heads(List.of("pair", "soft mass"))
        + roles.stream()
            .map(role -> head(run.lookOf(role), run.labelOf(role)))
            .collect(Collectors.joining())
        + Markup.tag(
            "th",
            "errors, 0 to " + NumberFormats.grouped(Math.max(1, most)),
            "scope",
            "col",
            "class",
            "wide",
            "style",
            "text-align:left");
  }

  private static String head(Look look, String name) {
    return Markup.tag("th", Markup.escape(name), "scope", "col", "class", "c-text " + look.css());
  }

  private String row(ConfusablePair pair) {
    Map<String, Long> errors = pair.errors();
    String soft =
        Double.isFinite(pair.softMass())
            ? Markup.tag(
                "td",
                NumberFormats.percent(pair.softMass()),
                "data-s",
                Ticks.plain(pair.softMass()))
            : Markup.tag("td", NumberFormats.MISSING);
    String plot =
        Markup.tag(
            "td",
            PairPlot.of(run, roles, errors, Math.max(1, most)),
            "class",
            "wide",
            "data-s",
            errors.getOrDefault("student", 0L) - errors.getOrDefault("distilled", 0L),
            "style",
            BAR_CELL);
    String names = className(pair.a()) + " and " + className(pair.b());
    return Markup.tag(
        "tr",
        Html.rowHead(names)
            + soft
            + roles.stream().map(role -> count(errors, role)).collect(Collectors.joining())
            + plot);
  }

  private String className(int index) {
    String name = Markup.escape(run.report().data().classes().get(index));
    return Markup.tag("b", name, "style", "color:var(--ink)");
  }

  private static String count(Map<String, Long> errors, String role) {
    String count =
        errors.containsKey(role) ? Long.toString(errors.get(role)) : NumberFormats.MISSING;
    return Markup.tag("td", count);
  }
}

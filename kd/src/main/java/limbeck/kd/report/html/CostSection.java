package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.Cost;
import limbeck.kd.report.Findings;
import limbeck.kd.report.NumberFormats;

/** Cost: time, CPU time and bytes by stage. */
final class CostSection {
  private static final int BAR = 160; // length of the dearest stage

  private final RunView run;
  private final List<Cost> stages;
  private final double most;
  private final boolean cpu;
  private final boolean written;

  private CostSection(RunView run) {
    this.run = run;
    this.stages = run.report().shownCost();
    this.most = Math.max(1e-9, stages.stream().mapToDouble(Cost::seconds).max().orElse(0));
    this.cpu = stages.stream().anyMatch(s -> Double.isFinite(s.cpuSeconds()));
    this.written = stages.stream().anyMatch(s -> s.bytesWritten() >= 0);
  }

  /** The section; empty without costs. */
  static String of(RunView run) {
    return run.report().cost().isEmpty() ? "" : new CostSection(run).draw();
  }

  private String draw() {
    String rows = group("Paid once", true) + group("For every student", false);
    String table = Html.table("cost", Markup.tag("tr", heads()), rows);
    boolean once = stages.stream().anyMatch(Cost::once);
    String note =
        (once
                ? "What is paid once serves any number of students: with the teacher’s outputs"
                    + " kept, a second student costs no teacher time. "
                : "")
            + "Means per seed; networks that train side by side share the machine, so that stages"
            + " do not add up to the whole run, which with "
            + run.seeds()
            + " took "
            + NumberFormats.duration(run.report().run().seconds())
            + interruptions()
            + ".";
    String body =
        Html.region("Cost by stage", table)
            + Markup.tag("p", note, "class", "note", "style", "margin-top:10px");
    String finding = Markup.escape(new Findings(run.report()).cost());
    return Html.section("cost", "Cost", finding, body);
  }

  private String interruptions() {
    int times = run.report().run().interrupted();
    return times == 0
        ? ""
        : ", interrupted and resumed "
            + NumberFormats.plural(times, "time")
            + "; what was lost to a kill is not counted";
  }

  /** Stages of a kind under a line that names it, where there are both kinds. */
  private String group(String name, boolean once) {
    List<Cost> of = stages.stream().filter(s -> s.once() == once).toList();
    String rows = of.stream().map(this::row).collect(Collectors.joining());
    if (of.isEmpty() || of.size() == stages.size()) {
      return rows;
    }
    int columns = 3 + (cpu ? 1 : 0) + (written ? 1 : 0);
    String head = Markup.tag("th", name, "scope", "rowgroup", "colspan", columns, "class", "group");
    return Markup.tag("tr", head) + rows;
  }

  private String heads() {
    List<String> heads = new ArrayList<>(List.of("per seed", "time"));
    if (cpu) {
      heads.add("CPU time");
    }
    if (written) {
      heads.add("written");
    }
    String hidden = Markup.tag("span", "time as a bar", "class", "vh");
    return Html.heads(heads) + Markup.tag("th", hidden, "scope", "col", "class", "wide");
  }

  private String row(Cost stage) {
    StringBuilder cells = new StringBuilder();
    cells.append(Markup.tag("td", NumberFormats.duration(stage.seconds())));
    if (cpu) {
      boolean has = Double.isFinite(stage.cpuSeconds());
      cells.append(
          Markup.tag(
              "td", has ? NumberFormats.duration(stage.cpuSeconds()) : NumberFormats.MISSING));
    }
    if (written) {
      boolean has = stage.bytesWritten() >= 0;
      cells.append(
          Markup.tag(
              "td", has ? NumberFormats.bytes(stage.bytesWritten()) : NumberFormats.MISSING));
    }
    cells.append(Markup.tag("td", bar(stage), "class", "wide", "style", "text-align:left"));
    return Markup.tag("tr", Html.rowHead(name(stage)) + cells);
  }

  private static String name(Cost stage) {
    List<String> details = new ArrayList<>();
    if (stage.epochs() >= 0) {
      details.add(stage.epochs() == 1 ? "1 pass" : stage.epochs() + " epochs");
    }
    if (stage.teacherForwards() > 0) {
      details.add(NumberFormats.grouped(stage.teacherForwards()) + " teacher forwards");
    }
    return Markup.tag("span", Markup.escape(stage.stage()), "style", "color:var(--ink)")
        + (details.isEmpty() ? "" : "<br>" + Markup.tag("small", String.join(", ", details)));
  }

  private String bar(Cost stage) {
    String css = stage.arm() == null ? "r-reference" : run.look(stage.arm()).css();
    double length = Math.max(0.8, BAR * stage.seconds() / most);
    String bar = Svg.rect(0, 1, length, 8, "class", "bar " + css);
    return Svg.ornament(BAR, 10, bar, "style", "width:" + BAR + "px");
  }
}

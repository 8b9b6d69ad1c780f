package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import limbeck.engine.io.Json;
import limbeck.kd.report.Example;
import limbeck.kd.report.Sentences;
import limbeck.kd.report.TemperaturePoint;

/** Dark knowledge: what the teacher's soft targets say of test examples, with a slider for T. */
final class DarkSection {
  private static final int OPEN_GROUPS = 2;
  private static final double USUAL_TEMPERATURE = 4; // where a recipe has none

  private final RunView run;
  private final List<Example> examples;
  private final double temperature;
  private final String target;

  /** Why examples are shown, in the order of the page. */
  private enum Reason {
    REPAIRED(
        "repaired",
        "Repaired by distillation",
        "The student alone is wrong, the distilled student is right."),
    AMBIGUOUS(
        "ambiguous",
        "Rich in dark knowledge",
        "All are right and the teacher’s other choices are close."),
    TYPICAL(
        "typical",
        "Typical",
        "The first of their classes; at T = 1 the targets hardly differ from the labels."),
    TEACHER_WRONG("teacher wrong", "The teacher is wrong", "A wrong teacher is a wrong target."),
    BROKEN(
        "broken",
        "Broken by distillation",
        "The student alone is right, the distilled student is wrong.");

    private final String key;
    private final String title;
    private final String note;

    Reason(String key, String title, String note) {
      this.key = key;
      this.title = title;
      this.note = note;
    }
  }

  private DarkSection(RunView run) {
    this.run = run;
    this.examples = shown(run);
    double t = run.report().recipe().temperature();
    this.target =
        examples.stream().allMatch(x -> x.logits().containsKey("assistant"))
            ? "assistant"
            : "teacher";
    this.temperature = Double.isFinite(t) && t > 0 ? t : USUAL_TEMPERATURE;
  }

  /** The section; empty without examples that teacher and distilled student have judged. */
  static String of(RunView run) {
    return shown(run).isEmpty() ? "" : new DarkSection(run).draw();
  }

  private static List<Example> shown(RunView run) {
    int classes = run.report().data().classes().size();
    return run.report().examples().stream()
        .filter(x -> x.label() >= 0 && x.label() < classes)
        .filter(x -> x.logits().containsKey("teacher") && x.logits().containsKey("distilled"))
        .filter(x -> x.logits().values().stream().allMatch(z -> z.size() == classes))
        .toList();
  }

  private String draw() {
    CardChart chart = new CardChart(run, target);
    String t = Ticks.plain(temperature);
    String finding =
        "The label says only what an example is. The teacher’s logits also say what it is a little"
            + " like: this is what the student is taught, at T\u00a0=\u00a0"
            + t
            + "."
            + chain();
    String still = "The bars stand at T = " + t + "; moving the temperature needs JavaScript.";
    String body =
        String.join(
            "\n",
            Markup.tag(
                "div",
                explanation() + plots(),
                "class",
                "grid",
                "style",
                "grid-template-columns:repeat(auto-fit,minmax(min(100%,328px),1fr))"),
            new Dial(run, temperature, hasStudent(), isChain()).draw()
                + Markup.tag("noscript", Html.note(still)),
            groups(new ExampleCard(run, chart)),
            logits(chart));
    return Html.section("dark", "Dark knowledge", finding, body);
  }

  private boolean isChain() {
    return target.equals("assistant");
  }

  /** Who the student's teacher is where there are several. */
  private String chain() {
    return isChain()
        ? Markup.escape(
            String.format(
                Locale.ROOT,
                " It is taught by %s; the chain began with %s.",
                run.ofRole(target).orElseThrow().phrase(),
                run.teacher().orElseThrow().phrase()))
        : "";
  }

  private boolean hasStudent() {
    return examples.stream().allMatch(x -> x.logits().containsKey("student"));
  }

  private String explanation() {
    String first =
        "At T\u00a0=\u00a01 the second choice is often lost behind the decimal point. Dividing the"
            + " logits by T before the softmax brings it out; a large T makes all classes equal."
            + " The thin outline is what the label alone would say: everything on one class.";
    String second =
        "Bars are probabilities, full length is 1; values under 0.005 have no number. Left: the"
            + " teacher’s soft target. Right: the student at the same T. Entropy and KL, in nats,"
            + " are means over the "
            + run.report().data().things()
            + " shown; the curves are means over the "
            + run.report().data().part()
            + " set. As T grows the targets lose their differences, and T² · KL stops changing,"
            + " which is what the factor is for.";
    return Markup.tag("div", Markup.tag("p", first) + Html.note(second));
  }

  private String plots() {
    List<TemperaturePoint> points = run.report().temperatureSweep();
    if (points.size() < 2 || run.teacher().isEmpty()) {
      return "";
    }
    return Html.grid("grid small", entropy(points) + divergence(points));
  }

  private String entropy(List<TemperaturePoint> points) {
    int classes = run.report().data().classes().size();
    double limit = StrictMath.log(classes);
    TemperaturePlot plot = new TemperaturePlot(points, Math.ceil(limit * 2) / 2);
    List<TemperaturePlot.Line> lines = new ArrayList<>();
    for (String role : run.rolesIn(points.get(0).entropy())) {
      if (!role.equals("distilled")) {
        lines.add(
            new TemperaturePlot.Line(
                run.labelOf(role), run.lookOf(role), p -> entropy(p, role), lines.size()));
      }
    }
    lines.removeIf(line -> !drawable(points, line));
    return plot.draw(
        "Entropy",
        "of the soft targets, nats",
        lines,
        temperature,
        new TemperaturePlot.Limit(limit, "ln " + classes + ": all equal"));
  }

  private static double entropy(TemperaturePoint p, String role) {
    return p.entropy().getOrDefault(role, Double.NaN);
  }

  private String divergence(List<TemperaturePoint> points) {
    List<TemperaturePlot.Line> lines = new ArrayList<>();
    lines.add(
        new TemperaturePlot.Line(
            run.labelOf("student"), Look.ALONE, p -> scaled(p, "student"), -1));
    lines.add(
        new TemperaturePlot.Line(
            run.main().label(), Look.DISTILLED, p -> scaled(p, "distilled"), -1));
    lines.removeIf(line -> !drawable(points, line));
    double most =
        lines.stream()
            .flatMapToDouble(line -> points.stream().mapToDouble(line.figure()))
            .max()
            .orElse(0);
    if (most <= 0) {
      return "";
    }
    return new TemperaturePlot(points, most * 1.12)
        .draw("T² · KL", run.labelOf(target) + " ‖ student, nats", lines, temperature, null);
  }

  private static double scaled(TemperaturePoint p, String role) {
    double t = p.temperature();
    return t * t * p.klToTeacher().getOrDefault(role, Double.NaN);
  }

  private static boolean drawable(List<TemperaturePoint> points, TemperaturePlot.Line line) {
    return points.stream().mapToDouble(line.figure()).allMatch(Double::isFinite);
  }

  private String groups(ExampleCard card) {
    List<Reason> reasons = new ArrayList<>(List.of(Reason.values()));
    reasons.removeIf(reason -> of(reason).isEmpty());
    int open = Math.min(OPEN_GROUPS, reasons.size());
    List<Reason> folded = reasons.subList(open, reasons.size());
    String shown = groups(reasons.subList(0, open), card);
    if (folded.isEmpty()) {
      return shown;
    }
    int more = folded.stream().mapToInt(reason -> of(reason).size()).sum();
    String titles =
        Sentences.list(folded.stream().map(r -> r.title.toLowerCase(Locale.ROOT)).toList());
    return shown + "\n" + Html.more(more + " more: " + titles, groups(folded, card));
  }

  private String groups(List<Reason> reasons, ExampleCard card) {
    return reasons.stream()
        .map(
            reason -> {
              String note = Markup.tag("span", reason.note, "class", "note");
              String cards =
                  of(reason).stream()
                      .map(i -> card.of(examples.get(i), i, temperature))
                      .collect(Collectors.joining());
              return Markup.tag("h3", reason.title + " " + note)
                  + Markup.tag("ul", cards, "class", "gallery");
            })
        .collect(Collectors.joining());
  }

  private List<Integer> of(Reason reason) {
    return IntStream.range(0, examples.size())
        .filter(i -> examples.get(i).why().equals(reason.key))
        .boxed()
        .toList();
  }

  /** What the slider computes with. A "<" would end the script element, so there is none. */
  private String logits(CardChart chart) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("examples", examples.stream().map(Example::logits).toList());
    all.put("unit", chart.unit());
    String json = Json.write(all).replace("<", "\\u003c");
    return Markup.tag("script", json, "type", "application/json", "id", "logits");
  }
}

package limbeck.kd.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import limbeck.kd.metric.GapClosed;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.Arm;
import limbeck.kd.report.FiguresTable;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Row;
import limbeck.kd.report.Sentences;

/** The four figures that decide; those that need a teacher fall away without one. */
final class KeyFigures {
  private final RunView run;
  private final Arm main;
  private final Arm baseline;
  private final Optional<Arm> teacher;

  private KeyFigures(RunView run) {
    this.run = run;
    this.main = run.main();
    this.baseline = run.baseline();
    this.teacher = run.teacher().filter(t -> !t.id().equals(main.id()));
  }

  static String of(RunView run) {
    KeyFigures all = new KeyFigures(run);
    List<String> figures = new ArrayList<>();
    figures.add(all.judged());
    figures.add(all.gap());
    figures.add(
        all.ratio(
            "Size",
            row -> row.bytes() > 0 ? row.bytes() : Double.NaN,
            x -> NumberFormats.bytes(Math.round(x)),
            "smaller",
            "larger"));
    figures.add(
        all.ratio("Latency, batch 1", Row::latencyMs, NumberFormats::latency, "faster", "slower"));
    return Markup.tag("dl", String.join("", figures), "class", "keys");
  }

  private static String figure(String name, String big, String context) {
    String value =
        Markup.tag("span", big, "class", "big") + Markup.tag("span", context, "class", "ctx");
    return Markup.tag("div", Html.definition(name, value));
  }

  private String judged() {
    Optional<MeanInterval> mean = run.meanFigure(main);
    if (mean.isEmpty()) {
      return "";
    }
    boolean counts = run.report().measure() == Measure.ERRORS;
    String of = NumberFormats.grouped(run.report().data().measured());
    String big =
        run.mean(mean.get().mean()) + (counts ? " " + Markup.tag("small", "of " + of) : "");
    List<String> others = new ArrayList<>(List.of(named(baseline)));
    teacher.filter(t -> !t.id().equals(baseline.id())).ifPresent(t -> others.add(named(t)));
    return figure(Sentences.capital(run.figureName()), big, String.join(", ", others));
  }

  private String named(Arm arm) {
    String mean = run.meanFigure(arm).map(m -> run.mean(m.mean())).orElse(NumberFormats.MISSING);
    return run.look(arm).named(arm.label()) + " " + mean;
  }

  private String gap() {
    if (teacher.isEmpty() || !run.isDistillation()) {
      return "";
    }
    double[] t = run.costs(teacher.get());
    double[] alone = run.costs(baseline);
    double[] distilled = run.costs(main);
    if (alone.length == 0 || t.length != alone.length || distilled.length != alone.length) {
      return "";
    }
    return GapClosed.of(alone, distilled, t).map(this::gap).orElse("");
  }

  private String gap(MeanInterval share) {
    String half =
        share.hasInterval()
            ? " "
                + Markup.tag(
                    "small",
                    "± " + Markup.escape(NumberFormats.halfWidth(100 * share.halfWidth(), 0)))
            : "";
    return figure(
        "Gap closed",
        NumberFormats.percent(share.mean(), 0) + half,
        "of the " + run.format().gap() + " between the student alone and the teacher");
  }

  /** What the student costs, and how many times less than the teacher. */
  private String ratio(
      String name,
      ToDoubleFunction<Row> figure,
      DoubleFunction<String> form,
      String less,
      String more) {
    double[] mine = run.values(main, figure);
    double[] its = teacher.map(t -> run.values(t, figure)).orElse(new double[0]);
    if (mine.length == 0 || its.length == 0) {
      return "";
    }
    double own = FiguresTable.median(mine);
    double large = FiguresTable.median(its);
    String context = "as the teacher (" + form.apply(large) + ")";
    if (own != large) {
      String times = NumberFormats.ratio(Math.max(own, large) / Math.min(own, large));
      String than = own < large ? less : more;
      context = times + " " + than + " than the teacher (" + form.apply(large) + ")";
    }
    return figure(name, form.apply(own), context);
  }
}

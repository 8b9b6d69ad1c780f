package limbeck.kd.report.html;

import java.util.List;
import java.util.stream.Collectors;
import limbeck.kd.report.DataSummary;
import limbeck.kd.report.NumberFormats;
import limbeck.kd.report.Run;
import limbeck.kd.report.VerdictRecord;
import limbeck.kd.report.VerdictSentences;

/** The head of the page: what was run, the verdict, further comparisons, key figures. */
final class Header {
  private static final int DAY = 10; // letters of an ISO date

  private final RunView run;
  private final VerdictSentences sentences;

  private Header(RunView run) {
    this.run = run;
    this.sentences = new VerdictSentences(run.report());
  }

  static String of(RunView run) {
    return new Header(run).draw();
  }

  private String draw() {
    Run r = run.report().run();
    DataSummary data = run.report().data();
    String day = r.started().substring(0, Math.min(DAY, r.started().length()));
    String brand =
        Markup.tag("b", "Limbeck distillation report")
            + Markup.tag("span", Markup.escape(day))
            + Markup.tag("span", run.seeds())
            + Markup.tag("span", NumberFormats.duration(r.seconds()));
    String title = Markup.escape(r.recipe() + " on " + data.name());
    String summary = Markup.escape(r.summary() + " " + data.counts());
    return Markup.tag(
        "header",
        String.join(
            "\n",
            "",
            Markup.tag("p", brand, "class", "brand"),
            Markup.tag("h1", title),
            Markup.tag("p", summary, "class", "lede"),
            verdicts(),
            KeyFigures.of(run),
            ""));
  }

  private String verdicts() {
    VerdictRecord verdict = run.report().verdict();
    String main = Badge.of(verdict.label()) + " " + Markup.escape(sentences.sentence(verdict));
    List<VerdictRecord> others = run.report().shownComparisons();
    String list =
        others.isEmpty()
            ? ""
            : Markup.tag("ul", others.stream().map(this::item).collect(Collectors.joining()));
    String plan = aside(verdict);
    return Markup.tag(
        "div", Markup.tag("p", main + plan, "class", "main") + "\n" + list, "class", "verdict");
  }

  private String item(VerdictRecord c) {
    String said = Markup.escape(sentences.sentence(c)) + aside(c);
    return Markup.tag("li", Badge.of(c.label()) + Markup.tag("p", said));
  }

  /** How many seeds would settle what is not settled. */
  private String aside(VerdictRecord c) {
    String plan = sentences.plan(c);
    return plan.isEmpty() ? "" : " " + Markup.tag("span", Markup.escape(plan), "class", "aside");
  }
}

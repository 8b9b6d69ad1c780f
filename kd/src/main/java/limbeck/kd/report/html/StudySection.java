package limbeck.kd.report.html;

import java.util.List;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.StudyTables;
import limbeck.kd.report.VerdictRecord;

/** A study's three questions: which student, which knowledge, which balance. */
final class StudySection {
  private StudySection() {}

  /** The section; empty where the run is no study. */
  static String of(RunView run) {
    if (!run.report().study().isStudy()) {
      return "";
    }
    List<StudyTables.Part> parts = new StudyTables(run.report()).parts();
    StringBuilder body = new StringBuilder();
    for (StudyTables.Part part : parts) {
      body.append(Markup.tag("h3", Markup.escape(part.question())));
      body.append(Html.note(Markup.escape(part.finding())));
      body.append(part.equals(parts.get(1)) ? differences(run) : "");
      body.append(Html.region(part.question(), Html.textTable(part.table())));
    }
    body.append(Html.note(Markup.escape(new StudyTables(run.report()).note())));
    String title = "Which student, which knowledge, which balance";
    return Html.section("study", title, Markup.escape(parts.get(0).finding()), body.toString());
  }

  private static String differences(RunView run) {
    List<VerdictRecord> gains = run.report().study().gains();
    if (gains.isEmpty()) {
      return "";
    }
    List<DifferencePlot.Line> lines =
        gains.stream()
            .map(
                c ->
                    new DifferencePlot.Line(
                        run.label(c.arm()), run.look(c.arm()), c, run.report().run().seeds()))
            .toList();
    String targets = run.report().measure() == Measure.ERRORS ? "labels" : "scores";
    String marks =
        "against the same student of " + targets + "; one dot per seed, band: 95 % interval";
    return Html.figure(
        Html.caption("Gain by knowledge", marks, true), DifferencePlot.of(lines, run.format()));
  }
}

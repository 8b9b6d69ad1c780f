package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Measure;
import limbeck.kd.report.html.HtmlReport;
import org.junit.jupiter.api.Test;

/** The three questions of a study, answered from rows, gains and points. */
class StudyTablesTest {
  private static ParetoPoint point(String role, String arm, long size, double speed, double e) {
    return new ParetoPoint(
        role,
        arm,
        arm,
        size,
        4 * size,
        size,
        1 / speed,
        2 * speed,
        speed,
        Measure.ERRORS,
        e,
        e - 1,
        e + 1);
  }

  /** The teacher is slowest and best; one student beats the other at less of everything. */
  private static RunReport report() {
    RunReport whole = SampleReports.whole();
    return RunReport.of(
            whole.limbeck(),
            whole.run(),
            whole.data(),
            whole.recipe(),
            whole.rows(),
            whole.verdict(),
            whole.environment())
        .arms(whole.arms())
        .study(SampleReports.study())
        .pareto(
            List.of(
                point("teacher", "teacher", 1000, 10, 100),
                point("student", "student", 10, 1000, 300),
                point("distilled", "distilled", 10, 1000, 250),
                point("assistant", "assistant", 100, 100, 260)))
        .build();
  }

  @Test
  void studentsAreRankedByTheirBest() {
    RunReport report = report();
    StudyTables.Part part = new StudyTables(report).parts().get(0);
    assertEquals(List.of("student", "labels", "logits"), part.table().get(0));
    assertEquals(3, part.table().size());
    assertEquals("middle", part.table().get(1).get(0), "its 60 errors are the fewest");
    assertEquals("60", part.table().get(1).get(1));
    assertEquals(NumberFormats.MISSING, part.table().get(1).get(2), "it had labels only");
    assertTrue(part.finding().contains("middle 60 (labels) and small"), part.finding());
  }

  @Test
  void gainsAreThoseOfTheRecord() {
    StudyTables.Part part = new StudyTables(report()).parts().get(1);
    VerdictRecord gain = SampleReports.beats();
    assertEquals(
        List.of(
            "small",
            "logits",
            NumberFormats.signed(gain.mean(), 1),
            NumberFormats.interval(gain.low(), gain.high(), 1),
            gain.label().label()),
        part.table().get(1));
    assertEquals(2, part.table().size());
    assertTrue(part.finding().contains("logits 1 of 1"), part.finding());
  }

  @Test
  void theFrontOfEveryCostIsNamed() {
    StudyTables.Part part = new StudyTables(report()).parts().get(2);
    assertEquals("On the front of every cost: teacher and distilled.", part.finding());
    assertEquals("all", part.table().get(1).get(7), "the teacher, with fewest errors");
    assertEquals(NumberFormats.MISSING, part.table().get(3).get(7), "the assistant is beaten");
    assertEquals("20", part.table().get(1).get(6), "a second, of the teacher on all cores");
  }

  @Test
  void whatWasNotMeasuredIsLeftOpen() {
    RunReport whole = SampleReports.whole(); // its only point is of no arm
    List<List<String>> costs = new StudyTables(whole).parts().get(2).table();
    assertEquals(1, costs.size());
  }

  @Test
  void textAndPageHaveTheSection() {
    String title = "Which student, which knowledge, which balance";
    assertTrue(TextReport.of(report()).contains(title));
    String page = HtmlReport.of(report());
    assertTrue(page.contains("id=\"study\"") && page.contains("By throughput on one core"));
    RunReport none = SampleReports.smallest();
    assertTrue(!TextReport.of(none).contains(title) && !HtmlReport.of(none).contains(title));
  }

  @Test
  void aRecordThatNamesNoSuchArmIsRefused() {
    String json = ReportJson.toJson(report()).replace("\"arm\":\"assistant\"}", "\"arm\":\"x\"}");
    FormatException e = assertThrows(FormatException.class, () -> ReportJson.parse(json));
    assertTrue(e.getMessage().contains("study: there are no rows of the arm x"), e.getMessage());
  }
}

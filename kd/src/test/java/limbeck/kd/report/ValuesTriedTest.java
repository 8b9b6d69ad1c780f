package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTriedTest {
  private static final double NONE = Double.NaN;

  /** The teacher stands for a distilled student of another value. */
  private static Sweep line(Sweep.Gain at10, Sweep.Gain at30) {
    List<Sweep.Point> points =
        List.of(
            new Sweep.Point(10, "teacher", 112.4, 110, 114.8, at10),
            new Sweep.Point(30, "distilled", 83, NONE, NONE, at30));
    return new Sweep(
        "units", "units a layer", true, "distilled", "soft", "errors", "test", NONE, null, points);
  }

  private static RunReport report(Sweep... sweeps) {
    return RunReport.of(
            SampleReports.limbeck(),
            SampleReports.run(1, 2, 3),
            SampleReports.data(),
            SampleReports.recipe(),
            SampleReports.rows(),
            SampleReports.beats(),
            SampleReports.ENVIRONMENT)
        .comparisons(List.of(SampleReports.againstTeacher()))
        .sweeps(List.of(sweeps))
        .build();
  }

  private static Sweep.Gain gain(double mean, double low, double high) {
    return new Sweep.Gain("student", mean, low, high);
  }

  private static ValuesTried values(RunReport report) {
    return ValuesTried.of(report).get(0);
  }

  @Test
  void tablesHaveAllLinesByValue() {
    Sweep.Baseline alone = new Sweep.Baseline("student", 113, 108, 118);
    Sweep other =
        new Sweep(
            "units",
            "units a layer",
            true,
            "student",
            null,
            "errors",
            "test",
            NONE,
            alone,
            List.of(new Sweep.Point(20, null, 0.25, 0, 0.5, null)));
    ValuesTried values = values(report(line(gain(20, 2, 38), gain(-5, -9, -1)), other));
    assertEquals(
        List.of(
            List.of("units", "soft", "alone", "alone"),
            List.of("10", "112.4 ± 2.4", "–", "113.0 ± 5.0"),
            List.of("20", "–", "0.3 ± 0.3", "113.0 ± 5.0"),
            List.of("30", "83.0", "–", "113.0 ± 5.0")),
        values.errors());
    assertEquals(
        List.of(
            List.of("units", "soft"),
            List.of("10", "+20.0 ± 18.0"),
            List.of("20", "–"),
            List.of("30", "−5.0 ± 4.0")),
        values.gains());
    assertEquals("the student alone", values.baselineName());
  }

  @Test
  void sentencesSayTheDirection() {
    RunReport report = report(line(gain(20, 2, 38), gain(-5, -11, 1)));
    assertEquals(
        "Against the student alone of the same value, soft does best at units = 10, with 20.0"
            + " fewer test errors (95\u202f% interval 2.0 to 38.0 fewer), and worst at 30, with"
            + " 5.0 more test errors (95\u202f% interval from 1.0 fewer to 11.0 more).",
        new Findings(report).values());
    RunReport alike = report(line(gain(0, NONE, NONE), gain(-5, NONE, NONE)));
    assertEquals(
        "Against the student alone of the same value, soft does best at units = 10, with as many"
            + " test errors, and worst at 30, with 5.0 more test errors.",
        new Findings(alike).values());
    assertEquals("", new Findings(report(line(null, null))).values());
    assertFalse(values(report(line(null, null))).hasGains());
  }

  @Test
  void notesSayWhatWasChosenAndWhatIsShown() {
    assertEquals(
        "Test errors at every value that was tried; none of them was chosen by these figures."
            + " Other sections show the networks of units = 30; report.json has all.",
        values(report(line(null, null))).note());
    assertEquals(
        "Validation errors at every value that was tried.", values(SampleReports.whole()).note());
  }

  @Test
  void armsOfOtherValuesAreNotShown() {
    RunReport report = report(line(gain(20, 2, 38), gain(-5, -9, -1)));
    assertEquals(
        List.of("student", "distilled"), report.shownArms().stream().map(Arm::id).toList());
    assertEquals(List.of(), report.shownComparisons());
    assertEquals(1, report.comparisons().size());
    assertTrue(SampleReports.whole().isShown("teacher"));
  }

  @Test
  void armsHaveToBeThere() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> report(line(new Sweep.Gain("alone-10", 1, 0, 2), null)))
            .getMessage();
    assertEquals("sweeps: there are no rows of the arm alone-10", message);
  }
}

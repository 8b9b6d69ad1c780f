package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.metric.Verdict;
import limbeck.kd.report.html.HtmlComparison;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
  private static Map<String, RunReport> runs(String a, RunReport first, String b, RunReport other) {
    Map<String, RunReport> runs = new LinkedHashMap<>();
    runs.put(a, first);
    runs.put(b, other);
    return runs;
  }

  /** The smallest report with other errors of the distilled student. */
  private static RunReport other(DataSummary data, long[] seeds, long... errors) {
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      rows.add(Row.of("student", seeds[i]).errors(110, 0.9).build());
      rows.add(Row.of("distilled", seeds[i]).errors(errors[i], 0.95).build());
    }
    List<Double> differences = java.util.Arrays.stream(errors).mapToObj(e -> e - 110.0).toList();
    return RunReport.of(
            SampleReports.limbeck(),
            SampleReports.run(seeds),
            data,
            SampleReports.recipe(),
            rows,
            SampleReports.verdict(Verdict.BEATS, differences, -40, 1, -42, -38),
            SampleReports.ENVIRONMENT)
        .build();
  }

  @Test
  void seedsOfBothArePairedOthersAreNot() {
    RunReport other = other(SampleReports.data(), new long[] {2, 3, 4}, 76, 73, 60);
    RunComparison c = RunComparison.of(runs("one", SampleReports.smallest(), "two", other), null);
    RunComparison.Pairing p = c.pairings().get(0);
    assertEquals(List.of(2L, 3L), p.seeds());
    assertEquals(List.of(-10.0, -11.0), p.differences());
    assertEquals(List.of(1L, 4L), p.left());
    assertEquals(Verdict.BEATS, p.verdict().orElseThrow().label());
    assertEquals(
        "The distilled student in two makes 10.5 fewer test errors than the distilled student in"
            + " one (95\u202f% interval 4.1 to 16.9 fewer; two paired seeds).",
        c.sentence(p));
  }

  @Test
  void anotherArmCanBeCompared() {
    RunReport other = other(SampleReports.data(), new long[] {1, 2, 3}, 76, 73, 60);
    Map<String, RunReport> runs = runs("one", SampleReports.smallest(), "two", other);
    RunComparison c = RunComparison.of(runs, "student");
    assertEquals(List.of(1.0, -8.0, -2.0), c.pairings().get(0).differences());
    var e = assertThrows(IllegalArgumentException.class, () -> RunComparison.of(runs, "teacher"));
    assertEquals("compare: two has no arm teacher; it has student, distilled", e.getMessage());
  }

  @Test
  void oneSeedOrNoneInCommonHasNoInterval() {
    RunReport other = other(SampleReports.data(), new long[] {3, 9}, 80, 81);
    RunComparison c = RunComparison.of(runs("one", SampleReports.smallest(), "two", other), null);
    assertEquals(
        "Two and one have one seed in common, 3: a difference of \u22124 errors, and no interval"
            + " over seeds.",
        c.sentence(c.pairings().get(0)));
    RunReport apart = other(SampleReports.data(), new long[] {8, 9}, 80, 81);
    RunComparison none =
        RunComparison.of(runs("one", SampleReports.smallest(), "two", apart), null);
    assertTrue(none.sentence(none.pairings().get(0)).contains("no seed in common"));
    assertTrue(HtmlComparison.of(none).contains("no seed in common"));
    assertTrue(ComparisonText.of(none).contains("without a partner: 1, 2, 3, 8, 9"));
  }

  @Test
  void differentDataAreRefused() {
    DataSummary d = SampleReports.data();
    DataSummary mnist = new DataSummary("mnist", "ab12", d.kind(), d.classes(), 1, 2, 3, d.split());
    RunReport other = other(mnist, new long[] {1, 2}, 80, 81);
    Map<String, RunReport> runs = runs("one", SampleReports.smallest(), "two", other);
    var e = assertThrows(IllegalArgumentException.class, () -> RunComparison.of(runs, null));
    assertEquals(
        "compare: only runs on the same data can be compared, but one is on rendered digits"
            + " (SHA-256 0f1e2d3c4b5a…) and two is on mnist (SHA-256 ab12…)",
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> RunComparison.of(Map.of("one", SampleReports.smallest()), null));
  }

  @Test
  void textFitsAndHasEveryArm() {
    RunReport other = other(SampleReports.data(), new long[] {1, 2, 3}, 76, 73, 60);
    RunComparison c = RunComparison.of(runs("one", SampleReports.smallest(), "two", other), null);
    for (String text : List.of(ComparisonText.of(c), ComparisonText.ascii(c))) {
      text.lines().forEach(l -> assertTrue(l.codePointCount(0, l.length()) <= 100, l));
    }
    String text = ComparisonText.of(c);
    assertTrue(text.startsWith("two runs on rendered digits\n"), text);
    assertTrue(text.contains("seed 1: \u22123; seed 2: \u221213; seed 3: \u221224"), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("one +teacher +3 +38.3 .*")), text);
    assertTrue(text.lines().anyMatch(l -> l.matches("two +distilled \\* +3 .*")), text);
  }
}

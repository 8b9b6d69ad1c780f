package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Verdict;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static List<String> said(RunReport report) {
    return new Findings(report).all().stream().map(s -> s.replace('\u202f', '_')).toList();
  }

  private static RunReport with(VerdictRecord verdict, long... seeds) {
    return builder(verdict, seeds).build();
  }

  private static RunReportBuilder builder(VerdictRecord verdict, long... seeds) {
    return RunReport.of(
        SampleReports.limbeck(),
        SampleReports.run(seeds),
        SampleReports.data(),
        SampleReports.recipe(),
        SampleReports.rows(),
        verdict,
        SampleReports.ENVIRONMENT);
  }

  /** Ten classes without errors but of 3 for 5 and of 5 for 3. */
  private static Confusion confusion(String arm, long threesForFives, long fivesForThrees) {
    List<List<Long>> counts = new ArrayList<>();
    for (int label = 0; label < 10; label++) {
      List<Long> row = new ArrayList<>(Collections.nCopies(10, 0L));
      row.set(label, 100L);
      counts.add(row);
    }
    counts.get(5).set(3, threesForFives);
    counts.get(3).set(5, fivesForThrees);
    return new Confusion(arm, 3, counts);
  }

  /** Peers have no teacher whose targets could say which classes are alike. */
  @Test
  void withoutATeacherThePairThatGainsIsOneOfAll() {
    RunReport report =
        builder(SampleReports.beats(), 1, 2, 3)
            .confusion(List.of(confusion("student", 1_004, 7), confusion("distilled", 2, 8)))
            .build();
    assertEquals(
        "The pair that gains most is 3 and 5: 1,011 errors by the student alone, 10 by the"
            + " distilled student, over three seeds.",
        new Findings(report).confusions());
    RunReport one =
        builder(SampleReports.beats(), 1, 2, 3)
            .confusion(List.of(confusion("student", 4, 7)))
            .build();
    assertEquals("", new Findings(one).confusions(), "nothing to compare with");
  }

  @Test
  void everySection() {
    assertEquals(
        List.of(
            "In three of three seeds the distilled student makes fewer errors than the same student"
                + " trained alone.",
            "The distilled student closes 40_% ± 7 of the gap in errors between the student alone"
                + " and the teacher.",
            "The pair that gains most is 7 and 9: 86 errors by the student alone, 50 by the"
                + " distilled student, over three seeds.",
            "The student alone is overconfident, with a calibration error of 28.33_%; the distilled"
                + " student has 28.33_%, three seeds taken together.",
            "After 3 epochs the student alone ends at 2.58_% validation error, the distilled"
                + " student at 1.96_%.",
            "The distilled student learns from the assistant and the teacher.",
            "Training the distilled student took 1.10× the time of training the student alone,"
                + " after 31_min 47_s spent once on the teacher and the assistant, kept outputs"
                + " included."),
        said(SampleReports.whole()));
  }

  private static String sizes(double... errors) {
    List<ParetoPoint> points = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      String role = i % 2 == 0 ? "student" : "distilled";
      points.add(size(role, 100 * (i / 2 + 1), errors[i]));
    }
    return new SizesTried(points, "distilled").finding();
  }

  private static ParetoPoint size(String role, long bytes, double errors) {
    double none = Double.NaN;
    return new ParetoPoint(role, null, "16", 1, bytes, 1, none, Measure.ERRORS, errors, none, none);
  }

  @Test
  void sizesAreComparedOneByOne() {
    String fewer = " the distilled student makes fewer errors than the same network trained alone";
    String front = "; no student trained alone is on the front.";
    assertEquals("At every size tried" + fewer + front, sizes(90, 80, 50, 40));
    assertEquals("At one of two sizes tried" + fewer + ".", sizes(90, 80, 50, 60));
    assertEquals("At none of one size tried" + fewer + ".", sizes(80, 90));
    assertEquals("", sizes(80));
    assertEquals("", new Findings(SampleReports.whole()).pareto());
  }

  @Test
  void theOppositeIsSaidByTheSameTemplate() {
    VerdictRecord worse =
        SampleReports.verdict(Verdict.INCONCLUSIVE, List.of(5.0, -1.0, 0.0), 1.33, 3.2, -6.7, 9.3);
    assertEquals(
        "In one of three seeds the distilled student makes fewer errors than the same student"
            + " trained alone.",
        said(with(worse, 1, 2, 3)).get(0));
    VerdictRecord none =
        SampleReports.verdict(Verdict.NO_BEATS, List.of(5.0, 1.0, 0.0), 2, 2.6, -4.6, 8.6);
    assertEquals(
        "In two of three seeds the distilled student makes more errors than the same student"
            + " trained alone.",
        said(with(none, 1, 2, 3)).get(0));
    VerdictRecord equal =
        SampleReports.verdict(Verdict.NO_BEATS, List.of(0.0, 0.0, 0.0), 0, 0, 0, 0);
    assertEquals(
        "In three of three seeds the distilled student makes as many errors as the same student"
            + " trained alone.",
        said(with(equal, 1, 2, 3)).get(0));
  }

  private static RunReport chain(String middle, String... taughtBy) {
    List<Arm> arms =
        List.of(
            new Arm("teacher", "teacher", "teacher", "the teacher", null, null),
            new Arm("student", "student", "alone", "the same student trained alone", null, null),
            new Arm("middle", "assistant", "middle", middle, null, null, List.of("teacher")),
            new Arm(
                "distilled",
                "distilled",
                "by middle",
                "the student of the middle",
                null,
                null,
                List.of(taughtBy)));
    List<Row> rows = new ArrayList<>(SampleReports.rows());
    for (long seed = 1; seed <= 3; seed++) {
      rows.add(Row.of("assistant", seed).arm("middle").errors(60, 0.97).build());
    }
    Paths.Hop last = new Paths.Hop("distilled", List.of(taughtBy), "soft targets", "", 3);
    return RunReport.of(
            SampleReports.limbeck(),
            SampleReports.run(1, 2, 3),
            SampleReports.data(),
            SampleReports.recipe(),
            rows,
            SampleReports.beats(),
            SampleReports.ENVIRONMENT)
        .arms(arms)
        .paths(new Paths(List.of(last), List.of(), List.of()))
        .cost(
            List.of(
                new Cost("Train the teacher", "teacher", 3, 60, 60, 0, 1, true),
                new Cost("Train another", "student", 3, 10, 10, 0, 1, true),
                new Cost(
                    "Train by middle and its peer together", "distilled", 3, 15, 15, 0, 1, false)))
        .build();
  }

  @Test
  void aChainNamesWhoTaughtAndWhatWasPaidForIt() {
    RunReport report = chain("the assistant", "middle");
    assertEquals("teacher", report.rootTeacher().orElseThrow().id());
    assertEquals("middle", report.teacherOf(report.arm("distilled")).orElseThrow().id());
    Findings findings = new Findings(report);
    assertEquals(
        "The student of the middle learns from the assistant, not from the teacher itself.",
        findings.path());
    assertEquals(
        "Training by middle and its peer together took 1.50× the time of training the student"
            + " alone, after 1_min 0_s spent once on the teacher.",
        findings.cost().replace('\u202f', '_'));
    assertEquals(
        "The student of the middle learns from the teacher and the assistant.",
        new Findings(chain("the assistant", "teacher", "middle")).path());
  }

  @Test
  void agreementIsWithTheFirstOfTheChain() {
    List<String> heads =
        FiguresTable.of(chain("the assistant", "middle")).stream()
            .map(FiguresTable.Line::title)
            .toList();
    assertTrue(heads.contains("Agreement with teacher"), heads.toString());
  }

  @Test
  void oneSeedSaysNothingAboutTheNext() {
    VerdictRecord one =
        VerdictRecord.of(
            "distilled", "student", "errors", true, null, new McNemar(20, 50, 2000).interval(), 0);
    assertEquals(
        "One seed says nothing about the next: run at least three for a verdict on the method"
            + " rather than on this pair of networks.",
        said(with(one, 1)).get(0));
  }
}

package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.Verdict;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static List<String> said(RunReport report) {
    return new Findings(report).all().stream().map(s -> s.replace('\u202f', '_')).toList();
  }

  private static RunReport with(VerdictRecord verdict, long... seeds) {
    return RunReport.of(
            SampleReports.limbeck(),
            SampleReports.run(seeds),
            SampleReports.data(),
            SampleReports.recipe(),
            SampleReports.rows(),
            verdict,
            SampleReports.ENVIRONMENT)
        .build();
  }

  @Test
  void everySection() {
    assertEquals(
        List.of(
            "In three of three seeds the distilled student makes fewer errors than the same seed"
                + " trained alone.",
            "Distillation closes 40_% ± 7 of the gap in errors between the student alone and the"
                + " teacher.",
            "The pair that gains most is 7 and 9: 86 errors alone, 50 distilled, over three seeds.",
            "The student alone is overconfident, with a calibration error of 28.33_%; distilled it"
                + " has 28.33_%.",
            "After 3 epochs the student alone ends at 2.58_% validation error, the distilled one at"
                + " 1.96_%.",
            "The student learns from the assistant and the teacher.",
            "Distilling took 1.10× the time of training the student alone, after 31_min 47_s spent"
                + " once on the teacher, its cached logits and the assistant."),
        said(SampleReports.whole()));
  }

  private static String sizes(double... errors) {
    List<ParetoPoint> points = new java.util.ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      String role = i % 2 == 0 ? "student" : "distilled";
      points.add(size(role, 100 * (i / 2 + 1), errors[i]));
    }
    return new SizesTried(points, "distilled").finding();
  }

  private static ParetoPoint size(String role, long bytes, double errors) {
    double none = Double.NaN;
    return new ParetoPoint(role, null, "16", 1, bytes, 1, none, errors, none, none);
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
        "In one of three seeds the distilled student makes fewer errors than the same seed trained"
            + " alone.",
        said(with(worse, 1, 2, 3)).get(0));
    VerdictRecord none =
        SampleReports.verdict(Verdict.NO_BEATS, List.of(5.0, 1.0, 0.0), 2, 2.6, -4.6, 8.6);
    assertEquals(
        "In none of three seeds the distilled student makes fewer errors than the same seed trained"
            + " alone.",
        said(with(none, 1, 2, 3)).get(0));
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

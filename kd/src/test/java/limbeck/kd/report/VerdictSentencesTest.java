package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import limbeck.kd.metric.McNemar;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.metric.Verdict;
import org.junit.jupiter.api.Test;

class VerdictSentencesTest {
  private static final RunReport REPORT = SampleReports.smallest();
  private static final VerdictSentences SAY = new VerdictSentences(REPORT);

  private static void assertSentence(String expected, VerdictRecord c) {
    assertEquals(expected, SAY.sentence(c).replace('\u202f', '_'));
  }

  @Test
  void beats() {
    assertSentence(
        "The distilled student makes 30.0 fewer test errors than the same student trained alone"
            + " (95_% interval 25.0 to 35.0 fewer; three paired seeds).",
        REPORT.verdict());
  }

  @Test
  void noBeats() {
    assertSentence(
        "The distilled student does not beat the teacher: it makes 44.7 more test errors"
            + " (95_% interval 35.9 to 53.4 more; three paired seeds).",
        SampleReports.againstTeacher());
  }

  @Test
  void inconclusive() {
    VerdictRecord open =
        SampleReports.verdict(
            Verdict.INCONCLUSIVE,
            List.of(-5.0, -10.0, 2.0, -5.0, -11.0),
            -5.8,
            5.167,
            -12.215,
            0.615);
    assertSentence(
        "Five paired seeds do not settle whether the distilled student beats the same student"
            + " trained alone: 5.8 fewer test errors on average, 95_% interval from 12.2 fewer to"
            + " 0.6 more.",
        open);
    assertEquals(
        "If the spread stays the same, about six seeds would settle a difference of this size.",
        SAY.plan(open));
    assertEquals("", SAY.plan(REPORT.verdict()));
  }

  private static VerdictRecord of(
      String metric, boolean lowerIsBetter, double gain, double... differences) {
    return VerdictRecord.of(
        "distilled",
        "student",
        metric,
        lowerIsBetter,
        null,
        PairedInterval.ofDifferences(differences, 0.95),
        gain);
  }

  /** Of a correlation more is better, and it is told in hundredths. */
  @Test
  void correlationsAreToldInPoints() {
    assertSentence(
        "The distilled student has 2.00 points more test Pearson correlation than the same student"
            + " trained alone (95_% interval 0.76 to 3.24 points more; three paired seeds).",
        of("pearson", false, 0, 0.02, 0.015, 0.025));
    assertSentence(
        "The distilled student does not beat the same student trained alone: it has 2.00 points"
            + " less test Pearson correlation (95_% interval 0.76 to 3.24 points less; three paired"
            + " seeds).",
        of("pearson", false, 0, -0.02, -0.015, -0.025));
  }

  @Test
  void gainsThatWereAskedFor() {
    assertSentence(
        "The distilled student makes 30.0 fewer test errors than the same student trained alone"
            + " (95_% interval 25.0 to 35.0 fewer; three paired seeds; a gain of 10.0 was asked"
            + " for).",
        of("errors", true, 10, -30, -32, -28));
    assertSentence(
        "The distilled student does not beat the same student trained alone: it makes 30.0 fewer"
            + " test errors (95_% interval 25.0 to 35.0 fewer; three paired seeds; a gain of 40.0"
            + " was asked for).",
        of("errors", true, 40, -30, -32, -28));
  }

  @Test
  void oneSeedOverExamples() {
    McNemar test = new McNemar(20, 50, 2000);
    VerdictRecord c =
        VerdictRecord.of("distilled", "student", "errors", true, null, test.interval(), 0);
    assertSentence(
        "The distilled student makes 30 fewer test errors than the same student trained alone"
            + " (95_% interval 13.1 to 44.2 fewer; one seed, paired over 2,000 test examples).",
        c);
    PairedInterval wide = new McNemar(20, 22, 2000).interval();
    assertSentence(
        "One seed, paired over 2,000 test examples, does not settle whether the distilled student"
            + " beats the same student trained alone: 2 fewer test errors on average, 95_% interval"
            + " from 15.1 fewer to 11.4 more.",
        VerdictRecord.of("distilled", "student", "errors", true, null, wide, 0));
  }

  @Test
  void otherMetricsHaveTheirWords() {
    assertSentence(
        "The distilled student has 1.50 points more test accuracy than the same student trained"
            + " alone (95_% interval 1.25 to 1.75 points more; three paired seeds).",
        of("accuracy", false, 0, 0.015, 0.016, 0.014));
    assertSentence(
        "The distilled student has 0.200 nats less test NLL than the same student trained alone"
            + " (95_% interval 0.175 to 0.225 nats less; three paired seeds).",
        of("nll", true, 0, -0.2, -0.21, -0.19));
    assertSentence(
        "The distilled student does not beat the same student trained alone: it has 2.000 less"
            + " bleu (95_% interval 2.000 to 2.000 less; three paired seeds).",
        of("bleu", false, 0, -2, -2, -2));
  }

  @Test
  void equalNetworks() {
    assertSentence(
        "The distilled student does not beat the same student trained alone: it makes as many test"
            + " errors (95_% interval from 0.0 fewer to 0.0 more; three paired seeds).",
        of("errors", true, 0, 0, 0, 0));
  }
}

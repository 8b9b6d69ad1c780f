package limbeck.kd.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values computed once in double precision by other means, printed to nine decimals. */
class GoldenMetricsTest {
  // Half a unit of the ninth decimal that the references were printed with, and rounding.
  private static final double PRINTED = 6e-10;
  private static final float[] TEACHER = {4, 1, -2, 0.5f};
  private static final float[] STUDENT = {1, 2, 0, -1};
  private static final int[] LABEL = {0};

  @Test
  void entropyAndDivergenceByTemperature() {
    double[][] table = {
      {1, 0.328600607, 1.123678602},
      {2, 0.914081415, 0.433465267},
      {4, 1.246643024, 0.122548141},
      {20, 1.380557910, 0.004952160},
      {0.5, 0.024648234, Double.NaN},
      {3, 1.147976712, Double.NaN},
      {8, 1.350365008, Double.NaN},
      {100, 1.386066485, Double.NaN},
    };
    for (double[] row : table) {
      assertEquals(row[1], SoftTargetStatistics.entropy(TEACHER, 4, row[0]), PRINTED);
      if (!Double.isNaN(row[2])) {
        assertEquals(row[2], SoftTargetStatistics.kl(TEACHER, STUDENT, 4, row[0]), PRINTED);
      }
    }
    // T² KL at T = 1000, near its limit, has lost the digits that a factor of 1e6 brings up.
    double scaled = 1e6 * SoftTargetStatistics.kl(TEACHER, STUDENT, 4, 1000);
    assertEquals(1.961424051, scaled, 1e-8); // KL of 2e-6 from terms near 1e-3: 1e-16 · 1e6 / 1e-2
  }

  @Test
  void divergenceIsNotSymmetricAndBatchesAverage() {
    assertEquals(1.698516028, SoftTargetStatistics.kl(STUDENT, TEACHER, 4, 1), PRINTED);
    float[] teachers = {4, 1, -2, 0.5f, 0, 3, 1, 0};
    float[] students = {1, 2, 0, -1, 0.5f, 1, 1, 0};
    double mean = (0.433465267 + 0.144317113) / 2;
    assertEquals(mean, SoftTargetStatistics.kl(teachers, students, 4, 2), PRINTED);
    assertEquals(1.265117716, Calibration.of(students, new int[] {0, 1}, 4).nll(), PRINTED);
  }

  @Test
  void likelihoodAndBrier() {
    assertEquals(1.440189699, Calibration.of(STUDENT, LABEL, 4).nll(), PRINTED);
    assertEquals(0.079239189, Calibration.of(TEACHER, LABEL, 4).nll(), PRINTED);
    assertEquals(0.008702507, Calibration.of(TEACHER, LABEL, 4).brier(), PRINTED);
    assertEquals(1.005595294, Calibration.of(STUDENT, LABEL, 4).brier(), PRINTED);
  }

  @Test
  void calibrationErrorByBins() {
    double[] confidence = {0.95, 0.9, 0.8, 0.65, 0.6, 0.55, 0.45, 0.3};
    boolean[] right = {true, true, false, true, false, true, false, true};
    assertEquals(0.2375, ece(confidence, right, 5), 1e-15); // eight terms below 1, ulps of 1e-16
    assertEquals(0.325, ece(confidence, right, 15), 1e-15);
    assertEquals(0.025, ece(confidence, right, 1), 1e-15);
  }

  private static double ece(double[] confidence, boolean[] right, int bins) {
    return Reliability.of(confidence, right, bins).expectedCalibrationError();
  }

  @Test
  void edgesOfBinsBelongBelow() {
    boolean[] right = {false, true, true, true, true};
    Reliability r = Reliability.of(new double[] {0, 0.2, 0.6, 0.8, 1}, right, 5);
    assertEquals(List.of(2L, 1L, 1L, 1L), r.bins().stream().map(Reliability.Bin::count).toList());
    assertEquals(new Reliability.Bin(0, 0.2, 2, 0.1, 0.5), r.bins().get(0));
    assertEquals(0.4, r.bins().get(1).low());
    assertEquals(1, r.bins().get(3).high());
  }

  @Test
  void twoClasses() {
    Classification c = Classification.ofCounts(new long[][] {{3, 1}, {2, 4}});
    assertEquals(0.7, c.accuracy());
    assertEquals(3, c.errors());
    assertEquals(new Score(0.8, true), c.precision(1));
    assertEquals(0.666666667, c.recall(1).value(), PRINTED);
    assertEquals(0.727272727, c.f1(1).value(), PRINTED);
    assertEquals(0.408248290, c.matthews().value(), PRINTED);
  }

  @Test
  void threeClasses() {
    Classification c = Classification.ofCounts(new long[][] {{5, 1, 0}, {2, 3, 1}, {0, 2, 6}});
    assertEquals(0.7, c.accuracy());
    assertEquals(0.769230769, c.f1(0).value(), PRINTED);
    assertEquals(0.5, c.f1(1).value(), PRINTED);
    assertEquals(0.8, c.f1(2).value(), PRINTED);
    assertEquals(0.689743590, c.macroF1(), PRINTED);
    assertEquals(0.700769231, c.weightedF1(), PRINTED);
    assertEquals(0.550947319, c.matthews().value(), PRINTED);
  }

  @Test
  void undefinedFiguresAreFlaggedNotNaN() {
    Classification c = Classification.ofCounts(new long[][] {{4, 0}, {0, 0}});
    assertEquals(new Score(0, false), c.matthews());
    assertEquals(new Score(0, false), c.f1(1));
    assertEquals(new Score(0, false), c.recall(1));
  }

  @Test
  void tiesGoToTheLowerIndex() {
    Classification c = Classification.of(new float[] {1, 3, 3, 0, 0, 0}, new int[] {1, 2}, 3);
    assertEquals(1, c.count(1, 1));
    assertEquals(1, c.count(2, 0));
    assertEquals(1, c.errors());
  }

  @Test
  void agreementCountsEqualChoicesRightOrWrong() {
    float[] teacher = {4, 1, -2, 0.5f, 0, 3, 1, 0};
    float[] student = {1, 2, 0, -1, 0.5f, 1, 1, 0};
    Agreement a = Agreement.of(teacher, student, 4);
    assertEquals(0.5, a.agreement());
    assertEquals(SoftTargetStatistics.kl(teacher, student, 4, 1), a.klToTeacher());
  }

  @Test
  void extremeLogitsStayFinite() {
    float big = Float.MAX_VALUE;
    float[] logits = {big, -big, 1e4f, -1e4f};
    Calibration c = Calibration.of(logits, new int[] {0, 1}, 2);
    assertEquals(1e4, c.nll(), 1e-9); // (0 + 2e4) / 2
    assertEquals(0, SoftTargetStatistics.entropy(logits, 2, 1));
    Agreement a = Agreement.of(logits, new float[] {-1, 1, -big, big}, 2);
    assertTrue(Double.isFinite(a.klToTeacher()));
  }

  @Test
  void badInputIsNamed() {
    float[] two = {0, 1, 2, 3};
    assertMessage("logits: 4 logits are not whole rows of 3", () -> classify(two, 3, 0));
    assertMessage("labels: 1 labels for 2 rows", () -> classify(two, 2, 0));
    assertMessage("label of example 1 is 2; it must lie in 0..1", () -> classify(two, 2, 0, 2));
    float[] broken = {0, 1, 2, Float.NaN};
    assertMessage("logit of example 1, class 1 is NaN", () -> classify(broken, 2, 0, 1));
    assertMessage("temperature: 0.0 given", () -> SoftTargetStatistics.entropy(two, 2, 0));
    assertMessage("teacher has logits of 1", () -> Agreement.of(new float[] {0, 1}, two, 2));
    double[] above = {1.5};
    assertMessage("confidence of example 0 is 1.5", () -> ece(above, new boolean[1], 5));
  }

  private static void classify(float[] logits, int classes, int... labels) {
    assertFalse(Classification.of(logits, labels, classes).examples() == 0);
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable bad) {
    String message = assertThrows(IllegalArgumentException.class, bad).getMessage();
    assertTrue(message.contains(part), message);
  }
}

package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import limbeck.engine.op.Reduction;
import org.junit.jupiter.api.Test;

class AnnealedLogitsTest {
  private static double[] phis(int tauMax, int epochs) {
    return IntStream.range(0, epochs)
        .mapToDouble(e -> AnnealedLogits.phi(tauMax, e, epochs))
        .toArray();
  }

  @Test
  void lossAndGradientAtThreeStages() {
    AnnealedLogits ten = new AnnealedLogits(10);
    double[][] expected = {{0, 1.278125, 0.3}, {5, 1.7625, -0.7}, {9, 4.0625, -1.5}};
    for (double[] e : expected) {
      ObjectiveCase c = Golden.single(Golden.V).at(Golden.epoch((int) e[0], 10));
      assertEquals(e[1], Golden.loss(ten, c), 1e-14);
      assertEquals(e[2], Golden.gradient(ten, c)[0], 1e-14);
    }
  }

  @Test
  void stagesAreEquallyLongAndEquallyHigh() {
    assertArrayEquals(new double[] {0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1, 1}, phis(4, 8));
  }

  @Test
  void epochsThatAreLeftOverBelongToTheLastStage() {
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, 1, 1, 1}, phis(3, 5));
  }

  @Test
  void fewerEpochsThanStagesMakeAsManyStages() {
    assertArrayEquals(new double[] {1 / 3.0, 2 / 3.0, 1}, phis(10, 3));
    assertArrayEquals(new double[] {1}, phis(10, 1));
  }

  /** Steps differ by rounding alone: of two quotients below 1. */
  @Test
  void theLastEpochSeesTheTeachersLogitsWhateverTheNumbers() {
    for (int tauMax = 1; tauMax <= 12; tauMax++) {
      for (int epochs = 1; epochs <= 40; epochs++) {
        double[] phis = phis(tauMax, epochs);
        assertEquals(1, phis[epochs - 1]);
        double step = 1.0 / Math.min(tauMax, epochs);
        assertEquals(step, phis[0]);
        for (int e = 1; e < epochs; e++) {
          double rise = phis[e] - phis[e - 1];
          assertTrue(rise == 0 || Math.abs(rise - step) < 1e-15, tauMax + ", " + epochs);
        }
      }
    }
  }

  @Test
  void oneStageIsRegressionOnLogits() {
    AnnealedLogits one = new AnnealedLogits(1, Reduction.BATCH_MEAN);
    ObjectiveCase c = Golden.pair().at(Golden.epoch(0, 7));
    assertEquals(Golden.loss(new LogitMatching().times(2), c), Golden.loss(one, c), 1e-14);
    assertEquals(4 * Golden.loss(new AnnealedLogits(1), c), Golden.loss(one, c), 1e-14);
  }

  @Test
  void reportsSeeTheFactor() {
    assertEquals(Map.of("Φ", 0.5), new AnnealedLogits(10).course(Golden.epoch(4, 10)));
  }

  @Test
  void refusesNoStages() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AnnealedLogits(0)).getMessage();
    assertTrue(message.contains("annealed-logits: tauMax is 0"), message);
  }
}

package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import limbeck.engine.op.Reduction;
import limbeck.kd.objective.ContinuationKd.Mixing;
import org.junit.jupiter.api.Test;

class ContinuationKdTest {
  private static ContinuationKd method(double growing, Mixing mixing, double margin) {
    return new ContinuationKd(5, growing, mixing, margin, Reduction.BATCH_MEAN);
  }

  /** Its phases are two trainings there, here epochs 0 to 9 and 10 to 14 of one. */
  @Test
  void aStepWithoutMarginIsAnnealingKd() {
    ContinuationKd step = method(2 / 3.0, Mixing.STEP, 0);
    AnnealedLogits first = new AnnealedLogits(5, Reduction.BATCH_MEAN);
    for (int e = 0; e < 15; e++) {
      double loss = Golden.loss(step, Golden.pair().at(Golden.epoch(e, 15)));
      double expected =
          e < 10
              ? Golden.loss(first, Golden.pair().at(Golden.epoch(e, 10)))
              : Golden.loss(new HardLabels(), Golden.pair());
      assertEquals(expected, loss, 1e-14, "epoch " + e);
    }
  }

  @Test
  void theWeightOfLabelsGrowsFromNoneToAll() {
    ContinuationKd linear = method(1, Mixing.LINEAR, 0);
    assertEquals(0, linear.psi(Golden.epoch(0, 11)));
    assertEquals(0.3, linear.psi(Golden.epoch(3, 11)));
    assertEquals(1, linear.psi(Golden.epoch(10, 11)));
    assertEquals(0, linear.psi(Golden.epoch(0, 1)));
  }

  @Test
  void reportsSeeBothFactors() {
    ContinuationKd linear = method(1, Mixing.LINEAR, 0);
    assertEquals(Map.of("Φ", 0.4, "ψ", 0.3), linear.course(Golden.epoch(3, 11)));
  }

  @Test
  void logitsGrowInTheirShareAndStay() {
    ContinuationKd half = method(0.5, Mixing.LINEAR, 0);
    assertEquals(0.2, half.phi(Golden.epoch(0, 20)));
    assertEquals(1, half.phi(Golden.epoch(9, 20)));
    assertEquals(1, half.phi(Golden.epoch(19, 20)));
    assertEquals(1, method(0.01, Mixing.STEP, 0).growingEpochs(20));
  }

  /** ‖z − v‖² is 16.25 and 4.25, so that of the margin of 10 only the first row is over. */
  @Test
  void differencesWithinTheMarginDoNotCount() {
    ObjectiveCase c = Golden.pair().at(Golden.epoch(0, 2));
    ContinuationKd all = new ContinuationKd(1, 1, Mixing.STEP, 10, Reduction.BATCH_MEAN);
    assertEquals(6.25 / 2, Golden.loss(all, c), 1e-14);
    double[] gradient = Golden.gradient(all, c);
    assertEquals(-3, gradient[0], 1e-14);
    assertEquals(0, Math.abs(gradient[5]));
  }

  @Test
  void mixesByWeight() {
    ContinuationKd linear = method(1, Mixing.LINEAR, 0);
    ObjectiveCase c = Golden.pair().at(Golden.epoch(1, 5));
    double regression = Golden.loss(new AnnealedLogits(5, Reduction.BATCH_MEAN), c);
    double hard = Golden.loss(new HardLabels(), c);
    assertEquals(0.25 * hard + 0.75 * regression, Golden.loss(linear, c), 1e-14);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertTrue(message(0, 0).contains("growing is 0.0; a share above 0, up to 1"));
    assertTrue(message(1, -1).contains("margin is -1.0"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ContinuationKd(5, 1, Mixing.STEP, 0, Reduction.SUM));
  }

  private static String message(double growing, double margin) {
    return assertThrows(IllegalArgumentException.class, () -> method(growing, Mixing.STEP, margin))
        .getMessage();
  }
}

package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PsKdTest {
  @Test
  void theShareGrowsWithTheEpochs() {
    assertEquals(0, new PsKd(0.8).shareAt(Golden.epoch(0, 300)));
    assertEquals(0.2, new PsKd(0.8).shareAt(Golden.epoch(75, 300)), 1e-15);
    assertEquals(0.8 * 299 / 300, new PsKd(0.8).shareAt(Golden.epoch(299, 300)), 1e-15);
  }

  @Test
  void reportsSeeTheShare() {
    assertEquals(Map.of("a", 0.4), new PsKd(0.8).course(Golden.epoch(5, 10)));
  }

  /** There is no epoch before the first: nobody is asked, and the bits are those of labels. */
  @Test
  void theFirstEpochIsCrossEntropy() {
    ObjectiveCase alone = Golden.single().at(Golden.epoch(0, 10));
    assertEquals(Golden.loss(new HardLabels(), alone), Golden.loss(new PsKd(0.8), alone));
    assertArrayEquals(
        Golden.gradient(new HardLabels(), alone), Golden.gradient(new PsKd(0.8), alone));
  }

  @Test
  void withoutAShareItIsCrossEntropyToTheEnd() {
    ObjectiveCase c = Golden.pair().at(Golden.epoch(9, 10));
    assertFalse(new PsKd(0).asksTeacher());
    assertEquals(Golden.loss(new HardLabels(), c), Golden.loss(new PsKd(0), c));
    assertArrayEquals(Golden.gradient(new HardLabels(), c), Golden.gradient(new PsKd(0), c));
  }

  /** H((1 − a) y + a p, q) is linear in its target; the gradient is q less the target. */
  @Test
  void labelsAndThePastAreMixedIntoOneTarget() {
    ObjectiveCase c = Golden.single(Golden.V).at(Golden.epoch(75, 300));
    double[] p = c.probabilities(0)[0];
    double[] gradient = Golden.gradient(new PsKd(0.8), c);
    double[] q = Golden.single(Golden.Z).probabilities(0)[0];
    double expected = 0;
    for (int k = 0; k < 4; k++) {
      double target = 0.2 * p[k] + (k == 0 ? 0.8 : 0);
      expected -= target * Math.log(q[k]);
      assertEquals(q[k] - target, gradient[k], 1e-14);
    }
    assertEquals(expected, Golden.loss(new PsKd(0.8), c), 1e-14);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new PsKd(1.5));
  }
}

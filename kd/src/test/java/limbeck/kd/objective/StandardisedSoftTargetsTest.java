package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StandardisedSoftTargetsTest {
  private static final StandardisedSoftTargets TWO = new StandardisedSoftTargets(2);

  @Test
  void lossOfOneExample() {
    assertEquals(0.455230519, Golden.loss(TWO, Golden.single(Golden.V)), Golden.TOLERANCE);
  }

  /** But for the 1e−7 beside a deviation of 1.3. */
  @Test
  void rangeAndOffsetDoNotMatter() {
    ObjectiveCase c = Golden.single(Golden.V);
    double loss = Golden.loss(TWO, c);
    assertEquals(loss, Golden.loss(TWO, c.student(z -> 3 * z + 7)), 1e-7);
    assertEquals(loss, Golden.loss(TWO, c.teachers(v -> v / 5 - 2)), 1e-7);
  }

  /** Of logits with deviation 1 and mean 0 it is soft targets. */
  @Test
  void standardLogitsStayWhatTheyAre() {
    double s = Math.sqrt(2 / 3.0);
    ObjectiveCase c =
        Golden.single(new double[] {1.5 * s, -0.5 * s, -0.5 * s, -0.5 * s})
            .studentLogits(new double[][] {{-0.5 * s, 1.5 * s, -0.5 * s, -0.5 * s}});
    double deviation = Math.sqrt((2.25 + 0.75) * s * s / 3);
    ObjectiveCase scaled = c.student(z -> z / deviation).teachers(v -> v / deviation);
    assertEquals(Golden.loss(new SoftTargets(2), scaled), Golden.loss(TWO, c), 1e-6);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new StandardisedSoftTargets(-1));
  }
}

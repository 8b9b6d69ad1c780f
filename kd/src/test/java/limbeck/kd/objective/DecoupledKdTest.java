package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import limbeck.engine.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class DecoupledKdTest {
  @Test
  void bothPartsAtTwoTemperatures() {
    ObjectiveCase c = Golden.single(Golden.V);
    assertEquals(1.081727914, Golden.loss(new DecoupledKd(1, 1, 0), c), Golden.TOLERANCE);
    assertEquals(0.550670770, Golden.loss(new DecoupledKd(1, 0, 1), c), Golden.TOLERANCE);
    assertEquals(0.091253234, Golden.loss(new DecoupledKd(4, 1, 0), c) / 16, Golden.TOLERANCE);
    assertEquals(0.059428733, Golden.loss(new DecoupledKd(4, 0, 1), c) / 16, Golden.TOLERANCE);
    assertEquals(5.487094077, Golden.loss(new DecoupledKd(1, 1, 8), c), Golden.TOLERANCE);
    assertEquals(9.066929536, Golden.loss(new DecoupledKd(4, 1, 8), c), Golden.TOLERANCE);
  }

  /** KL = TCKD + (1 − p_t) · NCKD, with one example, whose p_t can be a weight. */
  @Test
  void withTheTeachersOwnWeightItIsSoftTargets() {
    for (double t : new double[] {1, 4}) {
      ObjectiveCase c = Golden.single(Golden.V);
      double rest = 1 - Golden.single(times(Golden.V, 1 / t)).probabilities(0)[0][0];
      DecoupledKd decoupled = new DecoupledKd(t, 1, rest);
      assertEquals(Golden.loss(new SoftTargets(t), c), Golden.loss(decoupled, c), 1e-13);
      assertArrayEquals(
          Golden.gradient(new SoftTargets(t), c), Golden.gradient(decoupled, c), 1e-13);
    }
  }

  private static double[] times(double[] v, double factor) {
    return Arrays.stream(v).map(x -> x * factor).toArray();
  }

  @Test
  void ofTwoClassesOnlyOneIsAnother() {
    ObjectiveCase c =
        ObjectiveCase.of(new double[][] {{1, 3}}, List.<double[][]>of(new double[][] {{2, -1}}), 1);
    assertEquals(0, Golden.loss(new DecoupledKd(4, 0, 8), c));
    assertArrayEquals(new double[2], Golden.gradient(new DecoupledKd(4, 0, 8), c));
  }

  /** A sure teacher says of the wrong classes what one that is not sure says. */
  @Test
  void howSureTheTeacherIsDoesNotMatterAmongTheOthers() {
    double[] sure = Golden.V.clone();
    sure[0] = 1000;
    assertEquals(
        Golden.loss(new DecoupledKd(2, 0, 1), Golden.single(Golden.V)),
        Golden.loss(new DecoupledKd(2, 0, 1), Golden.single(sure)),
        1e-14);
  }

  @Test
  void namesALabelThatIsNone() {
    ObjectiveCase c =
        ObjectiveCase.of(
            new double[][] {Golden.Z}, List.<double[][]>of(new double[][] {Golden.V}), 4);
    String message =
        assertThrows(ShapeException.class, () -> Golden.loss(new DecoupledKd(4, 1, 8), c))
            .getMessage();
    assertTrue(message.contains("label 4 of example 0 is not in 0..3"), message);
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new DecoupledKd(0, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> new DecoupledKd(4, -1, 8));
    assertThrows(IllegalArgumentException.class, () -> new DecoupledKd(4, 1, Double.NaN));
  }
}

package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistTest {
  private static final double[][] V = {Golden.V, Golden.V2, {1, 1, 2, -1}};
  private static final double[][] Z = {Golden.Z, Golden.Z2, {0, 0, 1, 0}};
  private static final ObjectiveCase THREE = ObjectiveCase.of(Z, List.<double[][]>of(V), 0, 1, 2);

  @Test
  void bothRelationsOfThreeExamples() {
    assertEquals(0.486939511, Golden.loss(new Dist(1, 1, 0), THREE), Golden.TOLERANCE);
    assertEquals(0.636419833, Golden.loss(new Dist(1, 0, 1), THREE), Golden.TOLERANCE);
    double both = 2 * 0.486939511 + 3 * 0.636419833;
    assertEquals(both, Golden.loss(new Dist(1, 2, 3), THREE), 5 * Golden.TOLERANCE);
  }

  /** q = ½ p + ½ · uniform has other values than p, but relates alike. */
  @Test
  void probabilitiesNeedOnlyRelateAlike() {
    double[][] z =
        Arrays.stream(THREE.probabilities(0))
            .map(row -> Arrays.stream(row).map(p -> Math.log(p / 2 + 1 / 8.0)).toArray())
            .toArray(double[][]::new);
    assertEquals(0, Golden.loss(new Dist(1, 1, 1), THREE.studentLogits(z)), 1e-14);
    assertTrue(Golden.loss(new SoftTargets(1), THREE.studentLogits(z)) > 0.1);
  }

  @Test
  void oppositeProbabilitiesAreAsFarAsCanBe() {
    ObjectiveCase opposite =
        ObjectiveCase.of(
            new double[][] {{1, 2}, {2, 1}},
            List.<double[][]>of(new double[][] {{5, 1}, {1, 5}}),
            0,
            1);
    assertEquals(2, Golden.loss(new Dist(1, 1, 0), opposite), 1e-14);
    assertEquals(2, Golden.loss(new Dist(1, 0, 1), opposite), 1e-14);
  }

  @Test
  void oneExampleHasNoRelationsWithinClasses() {
    ObjectiveCase one = THREE.examples(0);
    assertEquals(Golden.loss(new Dist(4, 2, 0), one), Golden.loss(new Dist(4, 2, 2), one));
  }

  @Test
  void severalExamplesTwiceAreTheSame() {
    ObjectiveCase twice = THREE.examples(IntStream.range(0, 6).map(i -> i % 3).toArray());
    assertEquals(
        Golden.loss(new Dist(4, 2, 2), THREE), Golden.loss(new Dist(4, 2, 2), twice), 1e-13);
  }

  /** A student that begins with equal logits relates to nothing, and is pulled nowhere by that. */
  @Test
  void equalLogitsAreAtDistanceOne() {
    ObjectiveCase flat = THREE.student(z -> 0);
    assertEquals(2, Golden.loss(new Dist(1, 1, 1), flat), 1e-14);
    assertArrayEquals(new double[12], Golden.gradient(new Dist(1, 1, 1), flat));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> new Dist(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Dist(1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Dist(1, 1, -1));
  }
}

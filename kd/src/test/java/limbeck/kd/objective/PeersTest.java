package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import limbeck.engine.tensor.DType;
import limbeck.kd.Objective;
import limbeck.kd.Progress;
import org.junit.jupiter.api.Test;

/** Mutual learning and codistillation. */
class PeersTest {
  private static final Objective MUTUAL = new HardLabels().plus(new MutualLearning());

  private static ObjectiveCase vLearns() {
    return ObjectiveCase.of(
        new double[][] {Golden.V}, List.<double[][]>of(new double[][] {Golden.Z}), 0);
  }

  @Test
  void twoNetworksTeachEachOther() {
    assertEquals(2.563868301, Golden.loss(MUTUAL, Golden.single(Golden.V)), Golden.TOLERANCE);
    assertEquals(1.777755217, Golden.loss(MUTUAL, vLearns()), Golden.TOLERANCE);
  }

  @Test
  void aCohortOfOneLearnsFromLabelsAlone() {
    ObjectiveCase alone = Golden.single();
    assertEquals(Golden.loss(new HardLabels(), alone), Golden.loss(MUTUAL, alone));
    assertArrayEquals(Golden.gradient(new HardLabels(), alone), Golden.gradient(MUTUAL, alone));
  }

  @Test
  void equalNetworksTeachEachOtherNothing() {
    ObjectiveCase c = Golden.single(Golden.Z, Golden.Z);
    assertEquals(Golden.loss(new HardLabels(), c), Golden.loss(MUTUAL, c), 1e-15);
    assertArrayEquals(Golden.gradient(new HardLabels(), c), Golden.gradient(MUTUAL, c), 1e-15);
  }

  @Test
  void manyPeersCountByTheirMean() {
    Objective mutual = new MutualLearning();
    double one = Golden.loss(mutual, Golden.single(Golden.V));
    double other = Golden.loss(mutual, Golden.single(Golden.V2));
    ObjectiveCase both = Golden.single(Golden.V, Golden.V2);
    assertEquals((one + other) / 2, Golden.loss(mutual, both), 1e-14);
  }

  /** The known arithmetic mean of two distributions; against one peer it is mutual learning. */
  @Test
  void codistillationLearnsFromTheMean() {
    ObjectiveCase both = Golden.single(Golden.V, Golden.V2);
    double[] mean = {0.482067652, 0.427885114, 0.055940591, 0.034106644};
    double[] actual = Codistillation.mean(both.teacherOutputs(DType.F64)).value().doubles();
    assertArrayEquals(mean, actual, 1e-9);
    double[] q = Golden.single(Golden.Z).probabilities(0)[0];
    double expected = 0;
    for (int k = 0; k < 4; k++) {
      expected += mean[k] * Math.log(mean[k] / q[k]);
    }
    assertEquals(expected, Golden.loss(new Codistillation(0), both), Golden.TOLERANCE);
    ObjectiveCase one = Golden.single(Golden.V);
    assertEquals(
        Golden.loss(new MutualLearning(), one), Golden.loss(new Codistillation(0), one), 1e-14);
  }

  /** Both targets have the same gradient: the mean of divergences differs by a constant. */
  @Test
  void theMeanTeachesWhatPeersTeachInTheMean() {
    ObjectiveCase both = Golden.single(Golden.V, Golden.V2);
    assertArrayEquals(
        Golden.gradient(new MutualLearning(), both),
        Golden.gradient(new Codistillation(0), both),
        1e-15);
  }

  @Test
  void duringBurnInPeersDoNotTeach() {
    Objective late = new HardLabels().plus(new Codistillation(100));
    ObjectiveCase early = Golden.single(Golden.V).at(new Progress(5, 0, 3, 99));
    ObjectiveCase then = Golden.single(Golden.V).at(new Progress(5, 0, 3, 100));
    assertEquals(Golden.loss(new HardLabels(), early), Golden.loss(late, early));
    assertEquals(Golden.loss(MUTUAL, then), Golden.loss(late, then), 1e-14);
    assertThrows(IllegalArgumentException.class, () -> new Codistillation(-1));
  }
}

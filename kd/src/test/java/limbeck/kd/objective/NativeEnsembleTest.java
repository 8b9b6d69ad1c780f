package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.tensor.Shape;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;

class NativeEnsembleTest {
  private static ObjectiveCase network(double[] mixture, double[]... branches) {
    Map<String, ObjectiveCase.Block> student = new LinkedHashMap<>();
    student.put(ObjectiveCase.LOGITS, ObjectiveCase.logits(new double[][] {mixture}));
    for (int i = 0; i < branches.length; i++) {
      student.put("branch" + i, ObjectiveCase.logits(new double[][] {branches[i]}));
    }
    student.put("mixture", ObjectiveCase.logits(new double[][] {mixture}));
    return Golden.single().student(student);
  }

  private static Evaluated evaluate(int branches, ObjectiveCase c) {
    return evaluate(new NativeEnsemble(branches, 4), c);
  }

  private static Evaluated evaluate(NativeEnsemble method, ObjectiveCase c) {
    ObjectiveEntry entry = ObjectiveEntry.of("", method).studentLogits("mixture");
    for (int i = 0; i < method.branches(); i++) {
      entry.studentLogits("branch" + i);
    }
    return Evaluated.of(entry, c);
  }

  /** The gate of one branch is 1, so that it is its own mixture. */
  @Test
  void oneBranchLearnsTwiceFromLabels() {
    double hard = Golden.loss(new HardLabels(), Golden.single());
    assertEquals(2 * hard, evaluate(1, network(Golden.Z, Golden.Z)).loss(), 1e-15);
  }

  @Test
  void branchesLearnFromLabelsAndMixture() {
    Evaluated two = evaluate(2, network(Golden.V, Golden.Z, Golden.V));
    double hardZ = 1.440189699;
    double hardV = 0.079239189;
    assertEquals(hardZ + hardV + hardV + 1.960770261, two.loss(), 4 * Golden.TOLERANCE);
    double[] expected = Golden.gradient(new SoftTargets(4), Golden.single(Golden.V));
    double[] hard = Golden.gradient(new HardLabels(), Golden.single());
    for (int k = 0; k < 4; k++) {
      assertEquals(expected[k] + hard[k], two.gradients().get("branch0")[k], 1e-15);
    }
  }

  /** As a target it is detached: what is left is its own cross-entropy. */
  @Test
  void theGateLearnsFromLabelsAlone() {
    Evaluated two = evaluate(2, network(Golden.Z, Golden.V, Golden.V2));
    double[] hard = Golden.gradient(new HardLabels(), Golden.single());
    assertArrayEquals(hard, two.gradients().get("mixture"), 1e-15);
  }

  @Test
  void asksForItsBranchesAndTheMixture() {
    NativeEnsemble three = new NativeEnsemble(3, 3);
    assertEquals(List.of("branch0", "branch1", "branch2", "mixture"), three.studentTaps());
    TapShapes shapes =
        new TapShapes("one", Map.of("branch0", Shape.of(4), "mixture", Shape.of(5)), 4);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new NativeEnsemble(1, 3).fitted(shapes, null))
            .getMessage();
    assertTrue(message.contains("tap \"mixture\" of one is [5]; logits of 4 classes"), message);
    assertThrows(IllegalArgumentException.class, () -> new NativeEnsemble(0, 3));
    assertThrows(IllegalArgumentException.class, () -> new NativeEnsemble(2, 3, -0.1));
  }

  /** A branch that no term reaches would stay as it was drawn. */
  @Test
  void noBranchIsLeftOut() {
    Map<String, Shape> taps =
        Map.of("branch0", Shape.of(4), "branch1", Shape.of(4), "mixture", Shape.of(4));
    TapShapes shapes = new TapShapes("one", taps, 4);
    NativeEnsemble fits = new NativeEnsemble(2, 3);
    assertSame(fits, fits.fitted(shapes, null));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new NativeEnsemble(1, 3).fitted(shapes, null))
            .getMessage();
    assertTrue(message.contains("one has more branches than the 1 that are to learn"), message);
  }

  @Test
  void theSoftWeightCountsTheMixturesTargets() {
    ObjectiveCase c = network(Golden.V, Golden.Z, Golden.V);
    double all = evaluate(new NativeEnsemble(2, 4, 1), c).loss();
    double none = evaluate(new NativeEnsemble(2, 4, 0), c).loss();
    double half = evaluate(new NativeEnsemble(2, 4, 0.5), c).loss();
    assertEquals(1.960770261, all - none, 2 * Golden.TOLERANCE);
    assertEquals((all + none) / 2, half, 1e-14);
  }
}

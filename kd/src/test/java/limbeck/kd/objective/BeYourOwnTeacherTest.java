package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;

class BeYourOwnTeacherTest {
  private static BeYourOwnTeacher method(double alpha, double lambda, Reduction hint) {
    return new BeYourOwnTeacher(alpha, 3, lambda, hint);
  }

  private static ObjectiveEntry entry(Objective method) {
    return ObjectiveEntry.of("", method)
        .studentLogits("exit1")
        .studentFeature("exit1.features", 5, 2, 2)
        .studentLogits("exit2")
        .studentFeature("exit2.features", 5, 2, 2)
        .studentFeature("deepest.features", 5, 2, 2);
  }

  private final ObjectiveCase batch =
      ObjectiveCase.random(entry(method(0.3, 0.1, Reduction.BATCH_MEAN)), 3, 4, 1);
  private final Outputs network = batch.studentOutputs(DType.F64);

  private Outputs exit(int number) {
    return new Outputs(network.feature("exit" + number));
  }

  private double loss(Objective part, Outputs student, Outputs teacher) {
    return part.loss(student, teacher, batch.batch(DType.F64)).item();
  }

  private double loss(Objective method) {
    return Evaluated.of(entry(method), batch).loss();
  }

  @Test
  void theFormula() {
    double expected = loss(new HardLabels(), network, null);
    for (int i = 1; i <= 2; i++) {
      expected += 0.7 * loss(new HardLabels(), exit(i), null);
      expected += 0.3 * loss(new SoftTargets(3), exit(i), network);
      Var apart =
          network.feature("exit" + i + ".features").minus(network.feature("deepest.features"));
      expected += 0.1 * apart.times(apart).sum().item() / 3;
    }
    assertEquals(expected, loss(method(0.3, 0.1, Reduction.BATCH_MEAN)), 1e-12 * expected);
  }

  @Test
  void withoutTeachingItIsDeepSupervision() {
    double expected = loss(new HardLabels(), network, null);
    expected += loss(new HardLabels(), exit(1), null);
    expected += loss(new HardLabels(), exit(2), null);
    assertEquals(expected, loss(method(0, 0, Reduction.BATCH_MEAN)), 1e-14);
  }

  @Test
  void theDeepestLearnsFromLabelsAlone() {
    Evaluated all = Evaluated.of(entry(method(0.9, 5, Reduction.SUM)), batch);
    double[] hard = Golden.gradient(new HardLabels(), batch);
    assertArrayEquals(hard, all.gradients().get(ObjectiveCase.LOGITS), 1e-15);
    assertArrayEquals(new double[3 * 20], all.gradients().get("deepest.features"));
  }

  /** 3 examples with 20 features each. */
  @Test
  void howTheHintIsReducedScalesItsWeight() {
    double without = loss(method(0.3, 0, Reduction.SUM));
    double sum = loss(method(0.3, 1, Reduction.SUM)) - without;
    double batchMean = loss(method(0.3, 1, Reduction.BATCH_MEAN)) - without;
    double elementMean = loss(method(0.3, 1, Reduction.ELEMENT_MEAN)) - without;
    assertEquals(sum / 3, batchMean, 1e-13 * sum);
    assertEquals(sum / 60, elementMean, 1e-13 * sum);
  }

  private static TapShapes shapes(Object... nameAndShape) {
    Map<String, Shape> taps = new LinkedHashMap<>();
    for (int i = 0; i < nameAndShape.length; i += 2) {
      taps.put((String) nameAndShape[i], (Shape) nameAndShape[i + 1]);
    }
    return new TapShapes("net", taps, 10);
  }

  private static String refused(TapShapes shapes) {
    return assertThrows(
            IllegalArgumentException.class, () -> new BeYourOwnTeacher().fitted(shapes, null))
        .getMessage();
  }

  @Test
  void saysWhatDoesNotFit() {
    String message = refused(shapes("stage1", Shape.of(4, 8, 8)));
    assertTrue(message.contains("net has no exits; a network expected whose name"), message);
    Shape deep = Shape.of(8, 3, 3);
    message = refused(shapes("deepest.features", deep, "exit1", Shape.of(9)));
    assertTrue(message.contains("tap \"exit1\" of net is [9]; [10] expected"), message);
    Shape other = Shape.of(8, 4, 4);
    message =
        refused(shapes("deepest.features", deep, "exit1", Shape.of(10), "exit1.features", other));
    assertTrue(message.contains("is [8, 4, 4]; [8, 3, 3] expected"), message);
    assertThrows(IllegalStateException.class, () -> new BeYourOwnTeacher().loss(null, null, null));
  }

  @Test
  void asksForTheExitsThatThereAre() {
    Objective two = entry(method(0.3, 0.1, Reduction.SUM)).fitted(4, DType.F64);
    assertEquals(
        List.of("deepest.features", "exit1", "exit1.features", "exit2", "exit2.features"),
        two.studentTaps());
    assertEquals(Map.of(), two.learned());
    Objective none = new BeYourOwnTeacher().fitted(shapes("deepest.features", Shape.of(4)), null);
    assertEquals(List.of("deepest.features"), none.studentTaps());
  }
}

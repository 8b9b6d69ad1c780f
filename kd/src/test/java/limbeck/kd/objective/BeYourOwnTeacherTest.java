package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;

class BeYourOwnTeacherTest {
  private static BeYourOwnTeacher method(double alpha, double lambda, Reduction hint) {
    return new BeYourOwnTeacher(List.of("low", "middle"), "high", alpha, 3, lambda, hint);
  }

  private static ObjectiveEntry entry(Objective method) {
    return ObjectiveEntry.of("", method)
        .studentFeature("low", 2, 8, 8)
        .studentFeature("middle", 3, 4, 4)
        .studentFeature("high", 5, 2, 2);
  }

  /** An exit's logits and its features, as the fitted method's own exit gives them. */
  private record Exit(Outputs outputs, Var features) {}

  private final ObjectiveCase batch =
      ObjectiveCase.random(entry(method(0.3, 0.1, Reduction.BATCH_MEAN)), 3, 4, 1);

  private Exit exit(Objective fitted, String name, String tap) {
    ShallowExit exit = (ShallowExit) fitted.learned().get(name);
    Var features = exit.adapted(batch.studentOutputs(DType.F64).feature(tap));
    return new Exit(new Outputs(exit.logits(features)), features);
  }

  private double loss(Objective part, Outputs student, Outputs teacher) {
    return part.loss(student, teacher, batch.batch(DType.F64)).item();
  }

  @Test
  void theFormula() {
    Objective fitted = entry(method(0.3, 0.1, Reduction.BATCH_MEAN)).fitted(4, DType.F64);
    Outputs network = batch.studentOutputs(DType.F64);
    double expected = loss(new HardLabels(), network, null);
    for (int i = 0; i < 2; i++) {
      Exit exit = exit(fitted, "exit" + i, i == 0 ? "low" : "middle");
      expected += 0.7 * loss(new HardLabels(), exit.outputs, null);
      expected += 0.3 * loss(new SoftTargets(3), exit.outputs, network);
      Var apart = exit.features.minus(network.feature("high"));
      expected += 0.1 * apart.times(apart).sum().item() / 3;
    }
    assertEquals(expected, Evaluated.loss(fitted, batch, DType.F64), 1e-12 * expected);
  }

  @Test
  void withoutTeachingItIsDeepSupervision() {
    Objective fitted = entry(method(0, 0, Reduction.BATCH_MEAN)).fitted(4, DType.F64);
    double expected = loss(new HardLabels(), batch.studentOutputs(DType.F64), null);
    expected += loss(new HardLabels(), exit(fitted, "exit0", "low").outputs, null);
    expected += loss(new HardLabels(), exit(fitted, "exit1", "middle").outputs, null);
    assertEquals(expected, Evaluated.loss(fitted, batch, DType.F64), 1e-14);
  }

  @Test
  void theDeepestLearnsFromLabelsAlone() {
    Evaluated all = Evaluated.of(entry(method(0.9, 5, Reduction.SUM)), batch);
    double[] hard = Golden.gradient(new HardLabels(), batch);
    assertArrayEquals(hard, all.gradients().get(ObjectiveCase.LOGITS), 1e-15);
    assertArrayEquals(new double[3 * 20], all.gradients().get("high"));
  }

  /** 3 examples with 20 features each. */
  @Test
  void howTheHintIsReducedScalesItsWeight() {
    double without = hint(0, Reduction.SUM);
    double sum = hint(1, Reduction.SUM) - without;
    assertEquals(sum / 3, hint(1, Reduction.BATCH_MEAN) - without, 1e-13 * sum);
    assertEquals(sum / 60, hint(1, Reduction.ELEMENT_MEAN) - without, 1e-13 * sum);
  }

  private double hint(double lambda, Reduction reduction) {
    return Evaluated.of(entry(method(0.3, lambda, reduction)), batch).loss();
  }

  @Test
  void exitsHaveTheDeepestShape() {
    int[][] shapes = {
      {16, 28, 28, 64, 7, 7},
      {4, 7, 7, 8, 3, 3},
      {4, 7, 7, 8, 4, 4},
      {4, 15, 9, 8, 3, 2},
      {4, 5, 5, 8, 5, 5},
      {8, 2, 2, 3, 1, 1}
    };
    for (int[] s : shapes) {
      Shape from = Shape.of(s[0], s[1], s[2]);
      ShallowExit exit = ShallowExit.between(from, Shape.of(s[3], s[4], s[5]), 10);
      exit.init(1);
      Var x = Var.of(Tensor.zeros(DType.F32, Shape.of(2, s[0], s[1], s[2])));
      assertEquals(Shape.of(2, s[3], s[4], s[5]), exit.adapted(x).shape());
      assertEquals(Shape.of(2, 10), exit.forward(x).shape());
    }
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8, 3, 3), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 4), Shape.of(8, 2, 2), 10));
    assertNull(ShallowExit.between(Shape.of(4, 8, 8), Shape.of(8), 10));
  }

  @Test
  void saysWhatDoesNotFit() {
    TapShapes shapes =
        new TapShapes("plain", Map.of("a", Shape.of(4, 8, 8), "b", Shape.of(8, 3, 3)), 10);
    BeYourOwnTeacher method = new BeYourOwnTeacher(List.of("a"), "b");
    String message =
        assertThrows(IllegalArgumentException.class, () -> method.fitted(shapes, null))
            .getMessage();
    assertTrue(
        message.contains("tap \"a\" of plain, [4, 8, 8], cannot be halved to tap \"b\", [8, 3, 3]"),
        message);
    assertThrows(IllegalStateException.class, () -> method.loss(null, null, null));
  }

  @Test
  void namesItsExitsInOrder() {
    Map<String, Module> learned =
        entry(method(0.3, 0.1, Reduction.SUM)).fitted(4, DType.F64).learned();
    assertEquals(List.of("exit0", "exit1"), List.copyOf(learned.keySet()));
    assertEquals(
        Set.of("low", "middle", "high"), Set.copyOf(method(0, 0, Reduction.SUM).studentTaps()));
  }
}

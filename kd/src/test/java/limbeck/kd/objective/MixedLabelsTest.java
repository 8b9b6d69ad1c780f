package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import limbeck.autograd.Module;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Objectives where examples are mixed with others, so that labels are shares of classes. */
class MixedLabelsTest {
  private static final int EXAMPLES = 4;
  private static final int CLASSES = 5;

  /** Rows of shares: each λ of the example's label, 1 − λ of another. */
  private static Batch mixed(ObjectiveCase c, double share, int[] others) {
    Batch batch = c.batch(DType.F64);
    Tensor targets = Tensor.zeros(DType.F64, Shape.of(EXAMPLES, CLASSES));
    for (int i = 0; i < EXAMPLES; i++) {
      int label = i * CLASSES + c.labels()[i];
      int other = i * CLASSES + others[i];
      targets.set(label, share);
      targets.set(other, targets.get(other) + 1 - share);
    }
    return new Batch(batch.inputs(), batch.labels(), batch.indices(), batch.progress(), targets);
  }

  private static double loss(Objective objective, ObjectiveCase c, Batch batch) {
    return Module.infer(
            new OpContext(Workers.inline()),
            () -> objective.loss(c.studentOutputs(DType.F64), c.teacherOutputs(DType.F64), batch))
        .get(0);
  }

  /**
   * Either an objective says that it needs one label an example, and gets an error that says so, or
   * its loss where each example is all of itself is the usual one.
   */
  @TestFactory
  Stream<DynamicTest> everyObjectiveTakesMixedLabelsOrSaysThatItDoesNot() {
    return ObjectiveCatalogue.entries().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.toString(),
                    () -> {
                      ObjectiveCase c = ObjectiveCase.random(e, EXAMPLES, CLASSES, 3);
                      Objective o = e.fitted(CLASSES, DType.F64);
                      Batch mixed = mixed(c, 1, c.labels());
                      if (o.takesMixedLabels()) {
                        double usual = loss(o, c, c.batch(DType.F64));
                        double bound = 1e-12 * Math.max(1, Math.abs(usual));
                        assertEquals(usual, loss(o, c, mixed), bound);
                      } else {
                        assertThrows(IllegalStateException.class, () -> loss(o, c, mixed));
                      }
                    }));
  }

  /** λ of the loss with one label and 1 − λ of that with the other. */
  @Test
  void lossesOfLabelsAreMixedAsLabelsAre() {
    for (Objective o : List.of(new HardLabels(), new LabelSmoothing(0.1))) {
      ObjectiveEntry entry =
          ObjectiveCatalogue.entries().stream()
              .filter(e -> e.objective().getClass() == o.getClass())
              .findFirst()
              .orElseThrow();
      ObjectiveCase c = ObjectiveCase.random(entry, EXAMPLES, CLASSES, 3);
      int[] others = {0, 1, 2, 3};
      ObjectiveCase other =
          new ObjectiveCase(c.student(), c.teachers(), others, c.indices(), c.progress());
      double expected =
          0.3 * loss(o, c, c.batch(DType.F64)) + 0.7 * loss(o, other, other.batch(DType.F64));
      assertEquals(expected, loss(o, c, mixed(c, 0.3, others)), 1e-12);
    }
  }

  @Test
  void sumsNeedWhatTheirPartsNeed() {
    Objective takes = new HardLabels().plus(new SoftTargets(2).times(0.5));
    assertEquals(true, takes.takesMixedLabels());
    assertEquals(false, takes.plus(new DecoupledKd(4, 1, 8).times(2)).takesMixedLabels());
  }
}

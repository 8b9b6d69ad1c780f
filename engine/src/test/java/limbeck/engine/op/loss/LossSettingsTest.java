package limbeck.engine.op.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.Reduction;
import org.junit.jupiter.api.Test;

/** What tables and the text of a tape say about a loss. */
class LossSettingsTest {
  private static final List<LossOp> LOSSES =
      List.of(
          new CrossEntropy(),
          new SoftCrossEntropy(2),
          new SoftTargets(4),
          new KlDivergence(3),
          new JensenShannon(),
          SquaredError.mean(),
          new Huber(1),
          new BceLogits(),
          new CosineDistance(),
          new NegativeLogLikelihood(),
          new MultiMargin(),
          new Focal(2),
          new Triplet());

  @Test
  void everyComponentIsNamed() {
    assertEquals(losses(LossOp.class), LOSSES.size());
    for (LossOp loss : LOSSES) {
      TreeSet<String> components =
          Arrays.stream(loss.getClass().getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(components, new TreeSet<>(loss.settings().keySet()), loss.toString());
    }
  }

  /** The losses that a sealed interface permits. */
  private static int losses(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).mapToInt(LossSettingsTest::losses).sum()
        : 1;
  }

  /** ONNX has no smoothing of labels. */
  @Test
  void whatOnnxCallsCrossEntropy() {
    for (CrossEntropy op :
        List.of(new CrossEntropy(), new CrossEntropy().withWeights().withIgnored(-100))) {
      assertEquals("SoftmaxCrossEntropyLoss", op.spec().onnx());
      assertNull(op.withSmoothing(0.1).spec().onnx());
    }
  }

  @Test
  void valuesAreReadable() {
    CrossEntropy plain = new CrossEntropy();
    assertEquals("none", plain.settings().get("ignored"));
    assertEquals("BATCH_MEAN", plain.settings().get("reduction"));
    assertEquals(-100, plain.withIgnored(-100).settings().get("ignored"));
    assertEquals("SUM", plain.withReduction(Reduction.SUM).settings().get("reduction"));
  }
}

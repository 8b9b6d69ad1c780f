package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Objective;
import org.junit.jupiter.api.Test;

/** Which layers learn from which, what is learned along, and how scores count. */
class TinyBertLayersTest {
  private static Objective fitted(TinyBertLayers m, int layers, int width, int of, int others) {
    return m.fitted(
        EncoderShapes.of("s", layers, width, 2, "a"), EncoderShapes.of("t", of, others, 2, "a"));
  }

  /** g(m) = 3m for 4 layers of 12; the embeddings learn from the embeddings. */
  @Test
  void layersAreSpreadAsInThePaper() {
    Objective states = fitted(new TinyBertLayers(1, 1, 0, List.of()), 4, 4, 12, 4);
    assertEquals(
        List.of("embeddings", "layer1", "layer2", "layer3", "layer4"), states.studentTaps());
    assertEquals(
        List.of("embeddings", "layer3", "layer6", "layer9", "layer12"), states.teacherTaps());
    Objective scores = fitted(new TinyBertLayers(0, 0, 1, List.of("1:2")), 1, 4, 3, 4);
    assertEquals(List.of("encoder.layers.0.self_attn.scores"), scores.studentTaps());
    assertEquals(List.of("encoder.layers.1.self_attn.scores"), scores.teacherTaps());
  }

  @Test
  void aProjectionIsLearnedWhereWidthsDiffer() {
    assertTrue(fitted(new TinyBertLayers(), 2, 4, 4, 4).learned().isEmpty());
    Objective other = fitted(new TinyBertLayers(), 2, 4, 4, 6);
    assertEquals(Set.of("embeddings", "hidden"), other.learned().keySet());
    Module w = other.learned().get("hidden").init(1);
    assertEquals(Shape.of(4, 6), w.parameters().parameters().get("weight").value().shape());
    Objective hidden = fitted(new TinyBertLayers(0, 1, 1, List.of()), 2, 4, 4, 6);
    assertEquals(Set.of("hidden"), hidden.learned().keySet());
  }

  /** Two real steps of three: the mean over four pairs of (1, 2, 3, 4)² is 7.5. */
  @Test
  void scoresOfPaddingDoNotCount() {
    Tensor s = Tensor.zeros(DType.F64, Shape.of(1, 1, 3, 3));
    double[] values = {1, 2, 99, 3, 4, 99, 99, 99, 99};
    for (int i = 0; i < values.length; i++) {
      s.set(i, values[i]);
    }
    Var zero = Var.of(Tensor.zeros(DType.F64, Shape.of(1, 1, 3, 3)));
    RealSteps real = new RealSteps(new int[] {2}, 3);
    double mean =
        Module.infer(
                new OpContext(Workers.inline()), () -> TinyBertLayers.scores(Var.of(s), zero, real))
            .get(0);
    assertEquals(7.5, mean, 1e-15);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TinyBertLayers(0, 0, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new TinyBertLayers(1, -1, 0, List.of()));
    TinyBertLayers m = new TinyBertLayers();
    IllegalArgumentException heads =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                m.fitted(EncoderShapes.of("s", 2, 4, 2, "a"), EncoderShapes.of("t", 2, 4, 4, "a")));
    assertEquals(
        "tiny-bert-layers: attention of s has 2 heads, that of t 4; as many expected",
        heads.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> m.fitted(EncoderShapes.of("s", 2, 4, 2, "a"), EncoderShapes.of("t", 2, 4, 2, "b")));
  }
}

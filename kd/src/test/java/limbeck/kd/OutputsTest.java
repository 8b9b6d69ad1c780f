package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private static Outputs learning(float logit) {
    Var feature = Var.input(Tensor.of(Shape.of(1, 1), 10 * logit));
    return new Outputs(Var.input(Tensor.of(Shape.of(1, 1), logit)), Map.of("stage1", feature));
  }

  private final List<Outputs> three = List.of(learning(1), learning(2), learning(3));

  @Test
  void severalNetworksKeepTheirOrder() {
    Outputs together = Outputs.together(three);
    assertSame(three.get(0).logits(), together.logits());
    assertEquals(three.subList(1, 3), together.others());
    assertEquals(List.of(1.0, 2.0, 3.0), logits(together));
    assertEquals(three.get(0), Outputs.together(three.subList(0, 1)));
  }

  private static List<Double> logits(Outputs outputs) {
    return outputs.all().stream().map(o -> o.logits().item()).toList();
  }

  @Test
  void detachedOutputsAskForNoGradient() {
    Outputs detached = Outputs.together(three).detached();
    assertEquals(List.of(1.0, 2.0, 3.0), logits(detached));
    for (Outputs each : detached.all()) {
      assertFalse(each.logits().needsGradient());
      assertFalse(each.feature("stage1").needsGradient());
    }
    assertEquals(30, detached.all().get(2).feature("stage1").item());
  }

  @Test
  void aFeatureThatNobodyAskedForIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> three.get(0).feature("stage2"))
            .getMessage();
    assertTrue(message.contains("no activation \"stage2\""), message);
  }
}

package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.op.Reduction;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.LogitMatching;
import limbeck.kd.objective.SoftTargets;
import org.junit.jupiter.api.Test;

class DistillationTest {
  @Test
  void leavesOutTermsOfNoWeight() {
    assertInstanceOf(HardLabels.class, Distillation.softTargets(4, 0, 1).objective());
    assertEquals(new SoftTargets(4), Distillation.softTargets(4, 1, 0).objective());
    Distillation matching =
        new Distillation("logit-matching", 1, 1, 0, true, Reduction.BATCH_MEAN, false);
    assertEquals(new LogitMatching(), matching.objective());
  }

  @Test
  void saysWhatItMinimises() {
    assertEquals(
        "L = 0.1 · H(y, q) + 0.9 · T² · KL(p^T ‖ q^T)",
        Distillation.softTargets(4, 0.9, 0.1).formula());
    assertEquals("L = 1 · H(y, q)", Distillation.softTargets(4, 0, 1).formula());
    Distillation reverse = new Distillation("soft-targets", 4, 1, 0, false, Reduction.SUM, true);
    assertEquals("L = 1 · KL(q^T ‖ p^T)", reverse.formula());
    Distillation matching =
        new Distillation("logit-matching", 4, 2, 0, true, Reduction.BATCH_MEAN, false);
    assertEquals("L = 2 · ½ ‖z − v‖²", matching.formula());
    assertFalse(matching.hasTemperature());
  }

  @Test
  void needsATerm() {
    assertThrows(RecipeException.class, () -> Distillation.softTargets(4, 0, 0));
  }

  @Test
  void asksTheTeacherOnlyForAWeight() {
    assertFalse(Distillation.softTargets(4, 0, 1).asksTeacher());
    assertTrue(Distillation.softTargets(4, 0.1, 1).asksTeacher());
  }

  @Test
  void reductionsHaveNamesThatAreRead() {
    for (Reduction reduction : Reduction.values()) {
      Settings.Builder builder = new Settings.Builder();
      new Distillation("soft-targets", 4, 1, 0, true, reduction, false).declare(builder);
      assertEquals(reduction, Distillation.of(builder.build()).reduction());
    }
  }
}

package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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

package limbeck.kd.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import limbeck.engine.op.Reduction;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.LogitMatching;
import limbeck.kd.objective.SoftTargets;
import org.junit.jupiter.api.Test;

class DistillationTest {
  private static final Term HARD = Term.of(new HardLabels(), 1);

  @Test
  void leavesOutTermsOfNoWeight() {
    assertEquals(List.of(HARD), Distillation.softTargets(4, 0, 1).terms("t"));
    assertEquals(
        List.of(Term.of(new SoftTargets(4), "t", 1)), Distillation.softTargets(4, 1, 0).terms("t"));
    Distillation matching =
        new Distillation("logit-matching", 1, 1, 1, true, Reduction.BATCH_MEAN, false);
    assertEquals(List.of(Term.of(new LogitMatching(), "t", 1), HARD), matching.terms("t"));
  }

  @Test
  void needsATerm() {
    assertThrows(RecipeException.class, () -> Distillation.softTargets(4, 0, 0));
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

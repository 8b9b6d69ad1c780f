package limbeck.kd.train;

import static limbeck.kd.train.Fits.arm;
import static limbeck.kd.train.Fits.assertSame;
import static limbeck.kd.train.Fits.context;
import static limbeck.kd.train.Fits.finish;
import static limbeck.kd.train.Fits.hash;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Cycles;
import limbeck.kd.recipe.PastSelf;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Regularisation;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cycles of one training, each taught by the end of the one before. */
class SnapshotFitTest {
  private static final Term HARD = Term.of(new HardLabels(), 1);
  private static final Term PAST = Term.of(new SoftTargets(2), PastSelf.PREVIOUS_STAGE, 1);

  private final Experiment e = Tiny.experiment("data.validation=15");

  @TempDir Path folder;

  private static Training adam(String schedule, int epochs) {
    return new Training(
        "adam", 0.02, schedule, 0, 0.9, 0, 16, epochs, Regularisation.NONE, true, RateDrops.NONE);
  }

  private Fit fit(List<Stage> stages) {
    Arm arm = arm(e, "student").trained("x", "distilled", "x", "x", stages);
    return new Fit(arm, 1, e.train(), e.train(), e.validation(), new TeacherSet());
  }

  private static List<Stage> cycles(int n, int epochs, boolean fresh, Term... terms) {
    Stage whole = new Stage("", adam("cosine", epochs), List.of(terms), Stage.Keep.LAST);
    return Cycles.of(whole, n, true, fresh);
  }

  /** Snapshot distillation of one cycle is training on labels, bit for bit. */
  @Test
  void oneCycleIsTrainingOnLabels() {
    Fit alone = finish(fit(List.of(Stage.alone(adam("cosine", 4)))));
    assertSame(alone, finish(fit(cycles(1, 4, false, HARD, PAST))));
  }

  /** With a constant rate nothing tells where one cycle ends: the optimizer goes on. */
  @Test
  void cyclesOfAConstantRateAreOneTraining() {
    Stage whole = new Stage("", adam("constant", 4), List.of(HARD), Stage.Keep.LAST);
    String one = hash(finish(fit(List.of(whole))));
    assertEquals(one, hash(finish(fit(Cycles.of(whole, 2, true, false)))));
    assertEquals(one, hash(finish(fit(Cycles.of(whole, 4, true, false)))));
    assertNotEquals(one, hash(finish(fit(Cycles.of(whole, 2, true, true)))));
  }

  @Test
  void theSnapshotTeachesFromTheSecondCycleOn() {
    Fit taught = fit(cycles(2, 4, false, HARD, PAST));
    Fit alone = fit(cycles(2, 4, false, HARD));
    for (int i = 0; i < 6; i++) {
      taught.advance(context());
      alone.advance(context());
    }
    assertEquals(hash(alone), hash(taught));
    assertTrue(taught.checkpoint().containsKey("past." + PastSelf.PREVIOUS_STAGE + ".fc1.weight"));
    assertFalse(alone.checkpoint().keySet().stream().anyMatch(k -> k.startsWith("past.")));
    assertNotEquals(hash(finish(alone)), hash(finish(taught)));
  }

  @Test
  void cyclesAreResumedAtAnyStep() throws Exception {
    List<Stage> stages = cycles(3, 3, false, HARD, PAST);
    Fit whole = finish(fit(stages));
    for (int stop = 0; stop <= whole.steps(); stop++) {
      Fit first = fit(stages);
      for (int i = 0; i < stop; i++) {
        first.advance(context());
      }
      Path file = folder.resolve(stop + ".safetensors");
      FitFile.save(first, "identity", file);
      Fit second = fit(stages);
      assertTrue(FitFile.resume(second, "identity", file));
      assertSame(whole, finish(second));
    }
  }
}

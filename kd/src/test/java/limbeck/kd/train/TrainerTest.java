package limbeck.kd.train;

import static limbeck.kd.train.Trainings.assertSame;
import static limbeck.kd.train.Trainings.description;
import static limbeck.kd.train.Trainings.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.data.Dataset;
import limbeck.kd.metric.Classification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many trainings run at once and wherever they are stopped, the networks are the same. */
@Timeout(120)
class TrainerTest {
  private static final List<Long> SEEDS = List.of(1L, 2L);

  @TempDir Path folder;

  @AfterEach
  void usualCheckpoints() {
    System.clearProperty(Trainer.CHECKPOINT_SECONDS);
  }

  @Test
  void trainingsAtOnceDoNotShow() throws Exception {
    Experiment e = Tiny.experiment(SEEDS, "data.validation=10", "heldOut=10");
    List<Trained> one = train(e, folder.resolve("1"), 1);
    assertEquals(8, one.size());
    assertEquals(8, Tiny.hashes(one).stream().distinct().count());
    for (int threads : new int[] {2, 3, 5}) {
      assertSame(one, train(e, folder.resolve("" + threads), threads));
    }
  }

  @Test
  void stoppedAnywhereAndResumedItIsTheSame() throws Exception {
    Experiment e = Tiny.experiment(SEEDS, "data.validation=10", "heldOut=10");
    List<Trained> whole = train(e, folder.resolve("whole"), 1);
    for (int steps : new int[] {2, 7, 19}) {
      for (int threads = 1; threads <= 2; threads++) {
        Path out = folder.resolve(steps + "-" + threads);
        int atOnce = threads;
        Stopping.Resumed<List<Trained>> resumed =
            Stopping.again(steps, stopping -> train(e, out, List.of(), atOnce, stopping));
        assertTrue(resumed.stops() > 0, "was never stopped");
        assertSame(whole, resumed.result());
      }
    }
  }

  @Test
  void withShiftedInputsNoLogitsAreKept() throws Exception {
    Experiment shifted = Tiny.experiment("jitter=1");
    List<Trained> one = train(shifted, folder.resolve("1"), 1);
    assertSame(one, train(shifted, folder.resolve("2"), 3));
    try (var files = Files.list(folder.resolve("1/checkpoints"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void divergenceEndsTheRun() throws Exception {
    Experiment e = Tiny.experiment("rate=1000000", "epochs=100");
    ArithmeticException diverged =
        assertThrows(ArithmeticException.class, () -> train(e, folder, 2));
    assertTrue(diverged.getMessage().endsWith("a smaller learning rate may help"));
  }

  /** The last step is followed by no loss that would show what it did. */
  @Test
  void weightsThatAreNotFiniteAreNotKept() {
    Experiment e = Tiny.experiment();
    Fit fit =
        new Fit(ArmKey.named("student", e.arms()), 7, e.train(), e.train(), null, new TeacherSet());
    Trainer.requireFinite(fit);
    fit.network().classifiers().get(0).bias().value().set(2, Float.NaN);
    ArithmeticException spoiled =
        assertThrows(ArithmeticException.class, () -> Trainer.requireFinite(fit));
    assertEquals(
        "student, seed 7: fc2.bias is not finite after the last step; a smaller learning rate may"
            + " help",
        spoiled.getMessage());
  }

  @Test
  void theOffsetIsBestOnWhatTheStudentWasNotShown() throws Exception {
    Experiment e = Tiny.experiment("heldOut=20", "onlyTwo=true", "epochs=10");
    List<Trained> all = train(e, folder, 1);
    Trained distilled = all.get(2);
    Trained corrected = all.get(3);
    assertEquals("corrected", corrected.arm().id());
    Dataset held = e.train().slice(40, 60);
    assertTrue(errors(corrected, held) < errors(distilled, held), "the search won nothing");
    double moved =
        corrected.network().classifiers().get(0).bias().value().get(1)
            - distilled.network().classifiers().get(0).bias().value().get(1);
    // one rounding of a float of a size below 16
    assertEquals(corrected.history().offset(), moved, 1e-6);
  }

  private static long errors(Trained t, Dataset data) {
    OpContext context = new OpContext(Workers.inline());
    float[] logits = Evaluation.logits(t.network(), data, 3, context);
    return Classification.of(logits, data.labels(), 3).errors();
  }

  @Test
  void studentsSeeOnlyTheirPart() {
    Experiment e = Tiny.experiment("heldOut=20", "onlyTwo=true");
    Dataset shown = e.shown(ArmKey.named("distilled", e.arms()));
    assertEquals(0, shown.classCounts()[1]);
    assertEquals(60, e.shown(ArmKey.named("teacher", e.arms())).size());
    assertTrue(shown.size() < 40 && shown.size() > 0);
  }

  @Test
  void checkpointsAreDueAfterSeconds() throws IOException {
    Experiment e = Tiny.experiment();
    try (RunFolder run = RunFolder.open(folder, description(e), List.of())) {
      for (String bad : new String[] {"soon", "-1", "NaN", ""}) {
        System.setProperty(Trainer.CHECKPOINT_SECONDS, bad);
        IllegalArgumentException wrong =
            assertThrows(
                IllegalArgumentException.class, () -> new Trainer(e, run, Listener.SILENT));
        assertEquals(
            "property limbeck.checkpoint.seconds must be a number from 0 to 1000000, was \""
                + bad
                + "\"",
            wrong.getMessage());
      }
    }
    assertFalse(Files.exists(folder.resolve("models/teacher-seed1.safetensors")));
  }
}

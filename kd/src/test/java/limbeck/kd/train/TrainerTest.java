package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import limbeck.engine.exec.Workers;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.op.OpContext;
import limbeck.kd.Experiment;
import limbeck.kd.StoppedException;
import limbeck.kd.Tiny;
import limbeck.kd.data.Dataset;
import limbeck.kd.metric.Classification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerTest {
  private static final List<Long> SEEDS = List.of(1L, 2L);

  @TempDir Path folder;

  @AfterEach
  void usualCheckpoints() {
    System.clearProperty(Trainer.CHECKPOINT_SECONDS);
  }

  /** Remembers what was said, too. */
  private static final class Watching extends Stopping {
    private final List<String> reused = Collections.synchronizedList(new ArrayList<>());
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    Watching(int steps) {
      super(steps);
    }

    @Override
    public void finished(Trained trained, boolean found, double work) {
      if (found) {
        reused.add(trained.arm().id() + "/" + trained.seed());
      }
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }

  private static Map<String, Object> description(Experiment e) {
    return Map.of("settings", e.settings().values(), "seeds", e.seeds());
  }

  private static List<Trained> train(
      Experiment e, Path out, List<Path> reused, int threads, Stopping stopping) throws Exception {
    try (RunFolder run = RunFolder.open(out, description(e), reused)) {
      Trainer trainer = new Trainer(e, run, stopping);
      stopping.stops(trainer::stop);
      return trainer.run(threads);
    }
  }

  private static List<Trained> train(Experiment e, Path out, int threads) throws Exception {
    return train(e, out, List.of(), threads, new Stopping(0));
  }

  private static void assertSame(List<Trained> expected, List<Trained> actual) {
    assertEquals(Tiny.hashes(expected), Tiny.hashes(actual));
    for (int i = 0; i < expected.size(); i++) {
      Trained.History a = expected.get(i).history();
      Trained.History b = actual.get(i).history();
      assertEquals(expected.get(i).arm().id(), actual.get(i).arm().id());
      assertArrayEquals(a.trainLoss(), b.trainLoss());
      assertArrayEquals(a.validationErrors(), b.validationErrors());
      assertArrayEquals(a.validationNll(), b.validationNll());
      assertEquals(a.offset(), b.offset());
    }
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
  void aFinishedRunIsReadBack() throws Exception {
    Experiment e = Tiny.experiment(SEEDS, "data.validation=10", "heldOut=10");
    List<Trained> first = train(e, folder, 2);
    Watching watching = new Watching(1);
    assertSame(first, train(e, folder, List.of(), 2, watching));
    assertEquals(8, watching.reused.size());
    try (var left = Files.list(folder.resolve("checkpoints"))) {
      assertEquals(
          List.of(), left.filter(f -> !f.getFileName().toString().startsWith("outputs-")).toList());
    }
  }

  @Test
  void takesOverNetworksThatAreTheVerySame() throws Exception {
    Path before = folder.resolve("before");
    train(Tiny.experiment(List.of(2L)), before, 1);
    Experiment wider = Tiny.experiment(SEEDS, "softWeight=0.5");
    Watching watching = new Watching(0);
    List<Trained> taken = train(wider, folder.resolve("after"), List.of(before), 1, watching);
    assertEquals(List.of("teacher/2", "student/2"), watching.reused);
    assertSame(train(wider, folder.resolve("anew"), 1), taken);
  }

  @Test
  void aFolderToReuseMustHoldModels() {
    Experiment e = Tiny.experiment();
    FormatException none =
        assertThrows(
            FormatException.class,
            () -> RunFolder.open(folder, description(e), List.of(folder.resolve("none"))));
    assertTrue(none.getMessage().endsWith("is no folder of a run (it has no models/)"));
  }

  @Test
  void aDamagedModelIsNamedAndNothingElseIsTouched() throws Exception {
    Experiment e = Tiny.experiment();
    List<Trained> whole = train(e, folder, 1);
    Path model = folder.resolve("models/student-seed1.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
    FormatException damaged = assertThrows(FormatException.class, () -> train(e, folder, 1));
    assertTrue(damaged.getMessage().contains(model.toString()), damaged.getMessage());
    assertTrue(damaged.getMessage().contains("remove the file"), damaged.getMessage());
    assertEquals(bytes.length / 2, Files.size(model));
    Files.delete(model);
    assertSame(whole, train(e, folder, 1));
  }

  @Test
  void aDamagedCheckpointGivesWayToTheOneBefore() throws Exception {
    System.setProperty(Trainer.CHECKPOINT_SECONDS, "0");
    Experiment e = Tiny.experiment();
    List<Trained> whole = train(e, folder.resolve("whole"), 1);
    Path out = folder.resolve("out");
    assertThrows(StoppedException.class, () -> train(e, out, List.of(), 1, new Stopping(6)));
    Path file = out.resolve("checkpoints/teacher-seed1.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    assertTrue(Files.exists(Checkpoints.previous(file)));
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 7));
    assertSame(whole, train(e, out, 1));
  }

  @Test
  void damagedTeacherLogitsAreComputedAgain() throws Exception {
    Experiment e = Tiny.experiment();
    List<Trained> whole = train(e, folder.resolve("whole"), 1);
    Path out = folder.resolve("out");
    // the teacher and the student alone take 12 steps each, so the distilled one has begun
    assertThrows(StoppedException.class, () -> train(e, out, List.of(), 1, new Stopping(30)));
    Path cache;
    try (var files = Files.list(out.resolve("checkpoints"))) {
      cache = files.filter(f -> f.getFileName().toString().startsWith("outputs-")).findAny().get();
    }
    Files.write(cache, new byte[] {1, 2, 3});
    Watching watching = new Watching(0);
    assertSame(whole, train(e, out, List.of(), 1, watching));
    assertTrue(watching.notes.get(0).endsWith("; asking the teacher again"));
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

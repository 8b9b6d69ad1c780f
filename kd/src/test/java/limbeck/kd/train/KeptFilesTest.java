package limbeck.kd.train;

import static limbeck.kd.train.Trainings.assertSame;
import static limbeck.kd.train.Trainings.description;
import static limbeck.kd.train.Trainings.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.kd.Experiment;
import limbeck.kd.StoppedException;
import limbeck.kd.Tiny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds of an earlier one: taken over where it is whole, noticed where it is not. */
@Timeout(120)
class KeptFilesTest {
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
}

package limbeck.kd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final Map<String, Object> RUN = Map.of("recipe", "a", "seeds", List.of(1L, 2L));
  private static final Map<String, Object> OTHER = Map.of("recipe", "a", "seeds", List.of(1L));

  @TempDir Path folder;

  private int interruptions(boolean finish) throws IOException {
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      if (finish) {
        run.finished(1);
      }
      return run.interruptions();
    }
  }

  @Test
  void countsSessionsThatDidNotComeToTheEnd() throws IOException {
    assertEquals(0, interruptions(false));
    assertEquals(1, interruptions(false));
    assertEquals(2, interruptions(true));
    assertEquals(2, interruptions(true));
    assertEquals(2, interruptions(false));
    assertEquals(3, interruptions(true));
  }

  @Test
  void refusesTheFolderOfAnotherRunUntouched() throws IOException {
    RunFolder.open(folder, RUN, List.of()).close();
    byte[] before = Files.readAllBytes(folder.resolve("run.json"));
    IOException e = assertThrows(IOException.class, () -> RunFolder.open(folder, OTHER, List.of()));
    assertEquals(
        folder
            + ": holds another run (other recipe, settings, seeds or data); choose another --out",
        e.getMessage());
    assertEquals(new String(before), Files.readString(folder.resolve("run.json")));
  }

  @Test
  void refusesAFolderWithSomeOtherRunJson() throws IOException {
    for (String text : new String[] {"[]", "{\"run\": 3}", "{", ""}) {
      Files.writeString(folder.resolve("run.json"), text);
      IOException e = assertThrows(IOException.class, () -> RunFolder.open(folder, RUN, List.of()));
      assertTrue(e.getMessage().contains("run.json"), e.getMessage());
      assertEquals(text, Files.readString(folder.resolve("run.json")));
      assertFalse(Files.exists(folder.resolve("models")));
    }
  }

  @Test
  void aKilledStartCountsUpToItsLastSave() throws IOException {
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      run.started("monday");
      run.kept("teacher/1", new Spent(2, 1.5, 100, 60));
      run.progress(); // and nothing more: as if killed
    }
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      assertTrue(run.secondsBefore() > 0);
      run.kept("teacher/1", new Spent(1, Double.NaN, 20, 6));
      assertEquals(3, run.kept().get("teacher/1").seconds());
      assertEquals(120, run.kept().get("teacher/1").bytesWritten());
      assertEquals(66, run.kept().get("teacher/1").teacherForwards());
      assertTrue(Double.isNaN(run.kept().get("teacher/1").cpuSeconds()));
    }
  }

  @Test
  void countsTheSecondsOfAllStartsFromTheFirst() throws IOException {
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      assertEquals("monday", run.started("monday"));
      assertEquals(0, run.secondsBefore());
      run.stopped(100);
    }
    RunFolder.open(folder, RUN, List.of()).close(); // killed: nothing is known of it
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      assertEquals("monday", run.started("tuesday"));
      assertEquals(100, run.secondsBefore());
      assertEquals(2, run.interruptions());
      run.finished(20.5);
    }
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      assertEquals(120.5, run.secondsBefore());
      assertEquals(2, run.interruptions());
    }
  }

  @Test
  void oneRunAtATime() throws IOException {
    try (RunFolder run = RunFolder.open(folder, RUN, List.of())) {
      IOException e = assertThrows(IOException.class, () -> RunFolder.open(folder, RUN, List.of()));
      assertEquals(
          folder + ": another run of this process is at work here; wait for its end",
          e.getMessage());
      assertEquals(folder, run.root());
    }
    RunFolder.open(folder, RUN, List.of()).close();
  }

  @Test
  void removesWhatKilledProcessesLeftHalfWritten() throws IOException {
    RunFolder.open(folder, RUN, List.of()).close();
    Path half = folder.resolve("checkpoints/.a-seed1.safetensors.tmp-123-0");
    Path link = folder.resolve("models/.a-seed1.safetensors.tmp-123-4.link");
    Path mine = folder.resolve("models/.mine");
    for (Path file : List.of(half, link, mine)) {
      Files.writeString(file, "x");
    }
    RunFolder.open(folder, RUN, List.of()).close();
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(link));
    assertTrue(Files.exists(mine));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (Path out : List.of(file, file.resolve("below"))) {
      IOException e = assertThrows(IOException.class, () -> RunFolder.open(out, RUN, List.of()));
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void findsTheFirstFolderThatIsFreeOrItsOwn() throws IOException {
    Path base = folder.resolve("runs/a");
    Path second = folder.resolve("runs/a-2");
    assertEquals(base, RunFolder.free(base, RUN));
    RunFolder.open(base, RUN, List.of()).close();
    assertEquals(base, RunFolder.free(base, RUN));
    assertEquals(second, RunFolder.free(base, OTHER));
    RunFolder.open(second, OTHER, List.of()).close();
    assertEquals(second, RunFolder.free(base, OTHER));
    Files.writeString(base.resolve("run.json"), "damaged");
    assertEquals(folder.resolve("runs/a-3"), RunFolder.free(base, RUN));
  }
}

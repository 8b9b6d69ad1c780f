package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.engine.io.WeightHash;
import limbeck.engine.op.OpContext;
import limbeck.kd.Architectures;
import limbeck.kd.DropoutRates;
import limbeck.kd.Network;
import limbeck.kd.StoppedException;
import limbeck.nlp.data.generated.GeneratedTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainRunTest {
  @TempDir Path folder;

  private PretrainPlan plan(Path teacher, int layers, List<Integer> copied) throws Exception {
    Path text = Corpora.text(folder, 600);
    return new PretrainPlan(
        List.of(text.toString()),
        null,
        120,
        layers,
        16,
        2,
        0.1,
        0.05,
        true,
        0.15,
        Corpora.STEPS,
        teacher,
        copied,
        5,
        2,
        1,
        2,
        Corpora.settings(8, 2));
  }

  /** Stops it after so many steps of this start; 0: never. */
  private String run(PretrainPlan plan, Path out, int stopAfter) throws Exception {
    PretrainRun[] run = new PretrainRun[1];
    int[] steps = new int[1];
    PretrainRun.Watcher watcher =
        new PretrainRun.Watcher() {
          @Override
          public void note(String line) {
            assertTrue(!line.isBlank());
          }

          @Override
          public void stepped(long step, long all, double loss, long tokens) {
            if (++steps[0] == stopAfter) {
              run[0].stop();
            }
          }
        };
    run[0] = new PretrainRun(plan, out, watcher, 1e9);
    return WeightHash.of(run[0].run(new OpContext()).state());
  }

  @Test
  void stoppedAndResumedItEndsWithTheSameBits() throws Exception {
    PretrainPlan plan = plan(null, 2, List.of());
    Path whole = folder.resolve("whole");
    String hash = run(plan, whole, 0);
    Path parts = folder.resolve("parts");
    assertThrows(StoppedException.class, () -> run(plan, parts, 2));
    assertThrows(StoppedException.class, () -> run(plan, parts, 3));
    assertEquals(hash, run(plan, parts, 0));
    assertEquals(hash, run(plan, parts, 0)); // and once more: nothing is left to do
    assertEquals(curve(whole), curve(parts));
    assertEquals(hash, WeightHash.of(PretrainRun.load(parts).state()));
  }

  private static String curve(Path out) throws Exception {
    Map<?, ?> record = (Map<?, ?>) Json.read(out.resolve(PretrainFolder.RECORD));
    assertEquals(true, record.get("done"));
    return Json.write(record.get("curve"));
  }

  @Test
  void anotherPlanInTheSameFolderIsRefused() throws Exception {
    Path out = folder.resolve("one");
    assertThrows(StoppedException.class, () -> run(plan(null, 1, List.of()), out, 1));
    FormatException e =
        assertThrows(FormatException.class, () -> run(plan(null, 2, List.of()), out, 0));
    assertTrue(e.getMessage().contains("holds another pretraining"), e.getMessage());
  }

  /** A teacher, a student of one of its layers, and a network that begins with the student. */
  @Test
  void aTeacherTeachesAStudentThatIsFineTuned() throws Exception {
    Path teacher = folder.resolve("teacher");
    run(plan(null, 2, List.of()), teacher, 0);
    Path student = folder.resolve("student");
    run(plan(teacher, 1, List.of(1)), student, 0);
    Network network =
        Architectures.of("pretrained:" + student)
            .build(GeneratedTask.SENTIMENT.draw("x", 1, 50), "plain", DropoutRates.NONE);
    network.begin(1);
    assertNotNull(network.program());
    Network part =
        Architectures.of("pretrained:" + teacher + "#1")
            .build(GeneratedTask.SENTIMENT.draw("x", 1, 50), "plain", DropoutRates.NONE);
    part.begin(1);
    assertEquals(network.parameters().count(), part.parameters().count());
    assertTrue(Files.exists(student.resolve("vocab.txt")));
    assertThrows(IllegalArgumentException.class, () -> plan(null, 1, List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> plan(teacher, 2, List.of(1)));
  }
}

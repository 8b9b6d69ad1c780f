package limbeck.kd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is stopped, in whatever way, goes on to the bits of one that is left alone. */
class StoppedRunTest {
  private static final String[] LONGER = {"--set=teacher.epochs=150", "--set=student.epochs=150"};
  private static final int KILLS = 4;

  @TempDir static Path folder;
  private static Path data;
  private static List<Object> expected;

  @BeforeAll
  static void undisturbed() throws Exception {
    data = Ran.digits(folder.resolve("data"));
    expected = weights(Ran.small(data, folder.resolve("whole"), with("--json")));
  }

  private static String[] with(String more) {
    return Stream.concat(Stream.of(LONGER), Stream.of(more)).toArray(String[]::new);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> weights(Ran ran) throws Exception {
    List<Map<String, Object>> rows =
        (List<Map<String, Object>>) ((Map<String, Object>) ran.json()).get("rows");
    return rows.stream().map(row -> row.get("weightsSha256")).toList();
  }

  /** The same run in a JVM of its own, which writes a checkpoint after every step. */
  private static ChildJvm start(Path out) throws IOException {
    List<String> args = new ArrayList<>(Ran.smallArguments(data, out));
    args.addAll(List.of(LONGER));
    List<String> flags = List.of(ChildJvm.VECTORS, "-Dlimbeck.checkpoint.seconds=0");
    return ChildJvm.start(ChildJvm.home(), folder, flags, args.toArray(String[]::new));
  }

  /** Waits until the run has its folder and begins to work. */
  private static void awaitTraining(ChildJvm jvm) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (jvm.alive() && !jvm.err().contains("working in")) {
      assertTrue(System.nanoTime() < end, () -> "never began: " + jvm.err());
      Thread.sleep(5);
    }
  }

  @Test
  void killedAgainAndAgain() throws Exception {
    Path out = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(1);
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      ChildJvm jvm = start(out);
      awaitTraining(jvm);
      Thread.sleep(random.nextInt(400));
      killed += jvm.alive() ? 1 : 0;
      jvm.signal("KILL");
      jvm.await();
    }
    assertTrue(killed > 0, "each of the runs was over before its kill");
    Ran last = Ran.small(data, out, with("--json"));
    assertEquals(expected, weights(last));
    assertEquals(
        (long) KILLS, ((Map<?, ?>) ((Map<?, ?>) last.json()).get("run")).get("interrupted"));
  }

  /**
   * SIGTERM, which takes Ctrl-C's way: a shell's background jobs ignore SIGINT, and we may be one.
   */
  @Test
  void stoppedBySignal() throws Exception {
    Path out = folder.resolve("stopped");
    ChildJvm jvm = start(out);
    awaitTraining(jvm);
    jvm.signal("TERM");
    assertEquals(143, jvm.await(), jvm::err);
    assertTrue(jvm.err().contains("limbeck: stopped and saved; go on with:  "), jvm.err());
    assertTrue(jvm.err().contains("--out " + out), jvm.err());
    assertEquals(expected, weights(Ran.small(data, out, with("--json"))));
  }
}

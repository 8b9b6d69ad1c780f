package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe whose examples are mixed, from end to end. */
class MixedRunTest {
  private static final String TEXT =
      """
      name = "mixed"
      summary = "Students see mixed images."

      [defaults]
      epochs = 3
      batch = 16
      rate = 0.05

      [networks.teacher]
      network = "mlp:16-12-3"

      [networks.student]
      network = "mlp:16-8-3"
      augment = "mixup:0.4"

      [networks.distilled]
      like = "student"
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = 2 },
        { method = "HardLabels" },
      ]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  @TempDir Path folder;

  private RunReport run(String text, String out) throws Exception {
    return run(text, out, new Stopping(0));
  }

  private RunReport run(String text, String out, Stopping stopping) throws Exception {
    RecipeFile recipe = RecipeFile.of("mixed.toml", text, Path.of(""));
    Experiment e =
        Experiment.of(
            recipe, recipe.defaults(), Tiny.images(1, 60), Tiny.images(2, 40), List.of(1L));
    try (Distiller d = new Distiller(e, folder.resolve(out), List.of(), "again", stopping)) {
      stopping.stops(d::stop);
      d.cache(folder.resolve("cache"));
      return d.run("now");
    }
  }

  @Test
  void teachersLookAtTheMixedImagesAndAStopDoesNotShow() throws Exception {
    RunReport whole = run(TEXT, "whole");
    Path cache = folder.resolve("cache");
    assertFalse(Files.exists(cache) && Files.list(cache).findAny().isPresent(), "words were kept");
    Stopping.Resumed<RunReport> resumed = Stopping.again(5, s -> run(TEXT, "stopped", s));
    assertEquals(Tiny.hashes(whole), Tiny.hashes(resumed.result()));
    assertTrue(resumed.stops() >= 3, "stopped " + resumed.stops() + " times");
    List<String> plain = Tiny.hashes(run(TEXT.replace("mixup:0.4", "none"), "plain"));
    assertEquals(plain.get(0), Tiny.hashes(whole).get(0), "the teacher's images are not mixed");
    assertNotEquals(plain.get(1), Tiny.hashes(whole).get(1));
    assertNotEquals(plain.get(2), Tiny.hashes(whole).get(2));
  }
}

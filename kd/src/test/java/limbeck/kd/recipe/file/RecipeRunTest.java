package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.Schedule;
import limbeck.kd.train.Listener;
import limbeck.kd.train.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe's file run from end to end: stages, peers, own past, a chain, and all of it resumed. */
class RecipeRunTest {
  private static final String TEXT =
      """
      name = "everything"
      summary = "A bit of everything."

      [data]
      validation = 15

      [defaults]
      epochs = 3
      batch = 16
      rate = 0.05

      [networks.teacher]
      network = "mlp:16-12-3"
      hiddenDropout = 0.1

      [networks.student]
      network = "mlp:16-8-3"

      [networks.assistant]
      network = "mlp:16-10-3"
      terms = [{ method = "SoftTargets", teacher = "teacher", temperature = 2 }]

      [networks.distilled]
      like = "student"

      [[networks.distilled.stages]]
      name = "annealing"
      keep = "best"
      terms = [{ method = "AnnealedLogits", teacher = "assistant", tauMax = 3 }]

      [[networks.distilled.stages]]
      name = "labels"
      epochs = 2
      terms = [
        { method = "HardLabels" },
        { method = "PsKd", teacher = "previous-epoch" },
      ]

      [networks.distilled-a]
      like = "student"
      terms = [{ method = "HardLabels" }, { method = "MutualLearning", teacher = "peers" }]

      [networks.distilled-b]
      like = "student"
      terms = [{ method = "HardLabels" }, { method = "MutualLearning", teacher = "peers" }]

      [[cohorts]]
      networks = ["distilled-a", "distilled-b"]
      update = "simultaneous"

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String text) {
    RecipeFile recipe = RecipeFile.of("everything.toml", text, Path.of(""));
    return Tiny.experiment(recipe, List.of(1L));
  }

  @Test
  void aRunThatIsStoppedAgainAndAgainHasTheSameBits() throws Exception {
    Experiment e = experiment(TEXT);
    RunReport whole = DerivedRuns.run(e, folder.resolve("whole"));
    assertEquals(6, whole.rows().size());
    Stopping.Resumed<RunReport> resumed = Stopping.again(7, e, folder.resolve("out"));
    assertEquals(Tiny.hashes(whole), Tiny.hashes(resumed.result()));
    assertTrue(resumed.stops() >= 5, "stopped " + resumed.stops() + " times");
  }

  @Test
  void theReportTellsTheWay() throws Exception {
    RunReport report = DerivedRuns.run(experiment(TEXT), folder);
    assertEquals(
        List.of("teacher", "assistant", "distilled"),
        report.paths().chain().stream().map(h -> h.arm()).toList());
    Schedule schedule = report.paths().schedules().get(0);
    assertEquals(5, schedule.epochs());
    assertEquals(
        List.of("annealing", "labels"), schedule.phases().stream().map(p -> p.label()).toList());
    assertTrue(
        schedule.series().stream().anyMatch(s -> s.name().equals("hardWeight")),
        schedule.series().toString());
  }

  @Test
  void whatCannotBeIsSaidBeforeAnyTraining() {
    String missing =
        TEXT.replace("tauMax = 3", "tauMax = 3").replace("\"mlp:16-12-3\"", "\"mlp:17-12-3\"");
    refused(missing, "teacher: mlp:17-12-3: takes 17 values");
    refused(TEXT.replace("mlp:16-10-3", "mlp:16-10-4"), "assistant: mlp:16-10-4: has 4 outputs");
    refused(
        TEXT.replace(
            "networks = [\"distilled-a\", \"distilled-b\"]",
            "networks = [\"student\", \"distilled-b\"]"),
        "distilled-a: teacher \"peers\" needs a cohort");
    assertFalse(Files.exists(folder.resolve("run.json")));
  }

  private void refused(String text, String expected) {
    String message =
        assertThrows(RecipeException.class, () -> DerivedRuns.run(experiment(text), folder))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  /** A second student, in another run, of a teacher that was asked before. */
  @Test
  void aSharedCacheSparesTheTeacher() throws Exception {
    Experiment e = experiment(TEXT);
    Path cache = folder.resolve("cache");
    RunReport first = cached(e, folder.resolve("1"), cache);
    long files = count(cache);
    assertTrue(files >= 2, files + " files");
    RunReport second = cached(e, folder.resolve("2"), cache);
    assertEquals(Tiny.hashes(first), Tiny.hashes(second));
    assertEquals(files, count(cache));
  }

  private static RunReport cached(Experiment e, Path out, Path cache) throws Exception {
    try (Distiller d = new Distiller(e, out, List.of(), "again", Listener.SILENT)) {
      d.cache(cache);
      return d.run("now");
    }
  }

  private static long count(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}

package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Listener;
import limbeck.kd.train.Trained;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of any recipe that are read from files instead of trained. */
class WeightsFromFilesTest {
  private static final String TEXT =
      """
      name = "given"
      summary = "A student learns from a teacher."

      [defaults]
      epochs = 2
      batch = 16
      rate = 0.05

      [networks.teacher]
      network = "mlp:16-12-3"
      epochs = 4

      [networks.student]
      network = "mlp:16-8-3"

      [networks.distilled]
      like = "student"
      terms = [{ method = "SoftTargets", teacher = "teacher", temperature = 2 }]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String... changes) {
    RecipeFile recipe = RecipeFile.of("given.toml", TEXT, Path.of(""));
    return Tiny.experiment(recipe, List.of(1L), changes);
  }

  /** A setting names the file: the recipe need not know of it. */
  @Test
  void aTeacherFromTheFileOfAnotherRunTeachesTheSame() throws Exception {
    RunReport trained = DerivedRuns.run(experiment(), folder.resolve("trained"));
    Path file = folder.resolve("trained/models/teacher-seed1.safetensors");
    RunReport given = DerivedRuns.run(experiment("teacher.file=" + file), folder.resolve("given"));
    assertEquals(Tiny.hashes(trained), Tiny.hashes(given));
    assertTrue(trained.cost().stream().anyMatch(c -> c.stage().equals("Train the teacher")));
    assertFalse(given.cost().stream().anyMatch(c -> c.stage().equals("Train the teacher")));
  }

  /** It may be large, and nobody changes it. */
  @Test
  void allSeedsShareOneNetworkFromAFile() throws Exception {
    DerivedRuns.run(experiment(), folder.resolve("trained"));
    String file = "teacher.file=" + folder.resolve("trained/models/teacher-seed1.safetensors");
    RecipeFile recipe = RecipeFile.of("given.toml", TEXT, Path.of(""));
    Experiment given = Tiny.experiment(recipe, List.of(1L, 2L, 3L), file);
    Set<Network> teachers = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Network> others = Collections.newSetFromMap(new IdentityHashMap<>());
    Listener notes =
        new Listener() {
          @Override
          public synchronized void finished(Trained trained, boolean reused, double work) {
            (trained.arm().id().equals("teacher") ? teachers : others).add(trained.network());
          }
        };
    for (int start = 0; start < 2; start++) { // the second reads what the first has written
      try (Distiller d = new Distiller(given, folder.resolve("run"), List.of(), "test", notes)) {
        d.run("now");
      }
      assertEquals(1, teachers.size());
      assertEquals(6, others.size());
      teachers.clear();
      others.clear();
    }
  }

  /** Means and deviations of inputs are constants of programs, and so in files of models. */
  @Test
  void networksOfStandardisedInputsAreReadBackTakenOverAndGiven() throws Exception {
    String text = TEXT.replace("network =", "inputs = \"standardised\"\nnetwork =");
    RecipeFile recipe = RecipeFile.of("given.toml", text, Path.of(""));
    Path first = folder.resolve("first");
    List<String> hashes = Tiny.hashes(DerivedRuns.run(Tiny.experiment(recipe, List.of(1L)), first));
    assertEquals(hashes, Tiny.hashes(DerivedRuns.run(Tiny.experiment(recipe, List.of(1L)), first)));
    Experiment again = Tiny.experiment(recipe, List.of(1L));
    Path out = folder.resolve("reused");
    try (Distiller d = new Distiller(again, out, List.of(first), "again", Listener.SILENT)) {
      assertEquals(hashes, Tiny.hashes(d.run("now")));
    }
    String file = "teacher.file=" + first.resolve("models/teacher-seed1.safetensors");
    Experiment given = Tiny.experiment(recipe, List.of(1L), file);
    assertEquals(hashes, Tiny.hashes(DerivedRuns.run(given, folder.resolve("given"))));
  }

  /** A network that saw standardised inputs does not fit one that sees them otherwise. */
  @Test
  void aFileOfOtherStandardisationIsRefused() throws Exception {
    String text = TEXT.replace("network =", "inputs = \"standardised\"\nnetwork =");
    RecipeFile recipe = RecipeFile.of("given.toml", text, Path.of(""));
    DerivedRuns.run(Tiny.experiment(recipe, List.of(1L)), folder.resolve("trained"));
    Path file = folder.resolve("trained/models/teacher-seed1.safetensors");
    refused("the model has no tensor \"input.mean\"", "teacher.file=" + file);
  }

  @Test
  void aFileThatDoesNotFitIsRefusedBeforeAnyTraining() throws Exception {
    DerivedRuns.run(experiment(), folder.resolve("trained"));
    Path file = folder.resolve("trained/models/student-seed1.safetensors");
    refused(
        "teacher (mlp:16-12-3): " + file + ": its tensors are not those of this network",
        "teacher.file=" + file);
    refused("teacher: there is no file", "teacher.file=" + folder.resolve("none.safetensors"));
  }

  /** A file in the text beside a training is a mistake; one that is set replaces the training. */
  @Test
  void aTextThatHasBothAFileAndATrainingIsRefused() {
    String both =
        TEXT.replace("like = \"student\"", "like = \"student\"\nfile = \"x.safetensors\"");
    String message =
        assertThrows(RecipeException.class, () -> RecipeFile.of("given.toml", both, Path.of("")))
            .getMessage();
    assertTrue(message.contains("networks.distilled.file: a network with weights"), message);
  }

  /** As when a printed recipe, which has every stage in full, is given another teacher. */
  @Test
  void aFileThatIsSetReplacesStagesAndTerms() throws Exception {
    RunReport trained = DerivedRuns.run(experiment(), folder.resolve("trained"));
    Path models = folder.resolve("trained/models");
    String shown = RecipeText.of(experiment().recipe(), experiment().settings());
    RecipeFile recipe = RecipeFile.of("shown.toml", shown, Path.of(""));
    Experiment given =
        Tiny.experiment(
            recipe,
            List.of(1L),
            "teacher.file=" + models.resolve("teacher-seed1.safetensors"),
            "distilled.file=" + models.resolve("distilled-seed1.safetensors"));
    assertEquals(
        Tiny.hashes(trained), Tiny.hashes(DerivedRuns.run(given, folder.resolve("given"))));
  }

  private void refused(String expected, String change) {
    Path out = folder.resolve("out");
    String message =
        assertThrows(RecipeException.class, () -> DerivedRuns.run(experiment(change), out))
            .getMessage();
    assertTrue(message.contains(expected), message);
    assertFalse(Files.exists(out.resolve("run.json")));
  }
}

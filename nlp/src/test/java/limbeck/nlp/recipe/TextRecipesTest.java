package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.Predictor;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.kd.report.Example;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Evaluation;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.model.TextPredictors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes on texts run by the same engine as all others, on sentences that are drawn. */
class TextRecipesTest {
  private static final String SMALL =
      """
      name = "small"
      summary = "A bag of words is taught by a transformer of other tokens."

      [data]
      format = "%s"

      [defaults]
      optimizer = "adam"
      rate = 0.003
      schedule = "linear"
      warmUp = 0.1
      clip = 1
      batch = 16
      epochs = 2

      [networks.teacher]
      network = "bert:1-16-2"
      inputs = "pieces:150"
      hiddenDropout = 0.1

      [networks.student]
      network = "bag:8"

      [networks.distilled]
      like = "student"
      terms = [{ method = "LogitMatching", teacher = "teacher" }]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      claim = "A teacher helps"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String format, long... seeds) {
    return DrawnRuns.experiment(SMALL.replace("%s", format), seeds);
  }

  @Test
  void allThereAreCanBeRead() {
    List<String> names = Recipes.all().stream().map(Recipe::name).toList();
    assertTrue(
        names.containsAll(
            List.of(
                "demo-text",
                "distilbert-mini",
                "sst2-bilstm",
                "sst2-elmo",
                "sst2-pretraining",
                "transformer-students-sst2")),
        "" + names);
    for (Recipe r : new TextRecipes().recipes()) {
      assertTrue(r.arms(r.defaults()).size() >= 2, r.name());
    }
  }

  /** Teacher and student cut texts into other tokens; single texts, and pairs. */
  @Test
  void aStudentIsTaughtAndItsFileIsAskedAboutASentence() throws Exception {
    for (String format : List.of("generated-sentiment:300+100", "generated-paraphrase:300+100")) {
      Experiment e = experiment(format, 1);
      Path out = folder.resolve(format.substring(0, 15));
      RunReport report = DrawnRuns.run(e, out);
      assertEquals("text", report.data().kind());
      assertFalse(report.examples().isEmpty());
      for (Example x : report.examples()) {
        assertNull(x.image());
        assertNotNull(x.text());
      }
      ModelFile model = ModelFile.load(out.resolve("models/distilled-seed1.safetensors"));
      Predictor predictor = new TextPredictors().of(model);
      TextDataset test = (TextDataset) e.evaluation();
      assertArrayEquals(
          logitsOfFirst(e, model), predictor.logits(test.asText(0)), "as it was measured");
    }
  }

  private static float[] logitsOfFirst(Experiment e, ModelFile model) {
    var arm = e.arms().stream().filter(a -> a.id().equals("distilled")).findFirst().orElseThrow();
    var network = arm.network().build(e.train(), null);
    network.init(0);
    network.load(model.weights());
    float[] all = Evaluation.logits(network, e.evaluation(), 2, new OpContext());
    return Arrays.copyOf(all, 2);
  }

  @Test
  void aRunThatIsStoppedAndResumedHasTheSameBits() throws Exception {
    Experiment e = experiment("generated-sentiment:300+100", 1, 2);
    RunReport whole = DrawnRuns.run(e, folder.resolve("whole"));
    Path out = folder.resolve("parts");
    for (int stop : new int[] {3, 10, 25}) {
      DrawnRuns.stopAfter(stop, e, out);
    }
    RunReport resumed = DrawnRuns.run(e, out);
    assertEquals(DrawnRuns.bits(whole), DrawnRuns.bits(resumed));
  }

  @Test
  void whatDoesNotFitTextsIsRefused() {
    String augmented = SMALL.replace("hiddenDropout = 0.1", "augment = \"flip\"");
    Recipe recipe =
        RecipeFile.of(
            "a.toml", augmented.replace("%s", "generated-sentiment:300+100"), Path.of(""));
    assertRefused(
        recipe, "teacher: \"flip\" is for images, but generated-sentiment-train holds texts");
    String image = SMALL.replace("bag:8", "mlp:784-10-2");
    assertRefused(
        RecipeFile.of("b.toml", image.replace("%s", "generated-sentiment:300+100"), Path.of("")),
        "is for images, but these are texts");
    assertThrows(
        IllegalArgumentException.class,
        () -> NamedFormats.draw("generated-sentiment:0+1", "train"));
    assertThrows(IllegalArgumentException.class, () -> NamedFormats.draw("sst2", "train"));
  }

  private void assertRefused(Recipe recipe, String message) {
    Experiment e =
        Experiment.of(
            recipe,
            recipe.defaults(),
            NamedFormats.draw("generated-sentiment:300+100", "train"),
            NamedFormats.draw("generated-sentiment:300+100", "test"),
            List.of(1L));
    RecipeException refused = assertThrows(RecipeException.class, e::check);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(!Files.exists(folder.resolve("models")));
  }
}

package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.kd.Experiment;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.LoadProgress;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recipes on pairs of sentences fit the published files, where property or environment variable
 * LIMBECK_DATA names a folder with them.
 */
class PairRecipesTest {
  @ParameterizedTest
  @CsvSource({
    "mrpc, 3576, 1725, 2",
    "quora, 10000, 10000, 2",
    "sick, 4500, 4927, 3",
    "stsb, 5749, 1379, 0"
  })
  void recipesFitTheirFiles(String task, int train, int test, int classes) throws Exception {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with " + task);
    Path folder = Path.of(data, task);
    assumeTrue(Files.isDirectory(folder), "skipped: there is no " + folder);
    Recipe recipe = Recipes.named(task + "-bilstm");
    Settings settings = recipe.defaults().with(List.of("data.subset=300", "defaults.epochs=1"));
    String format = DataSplit.of(settings).format();
    assertEquals(task, format);
    Dataset trained = NamedFormats.open(folder, "train", format, LoadProgress.NONE);
    Dataset tested = NamedFormats.open(folder, "test", format, LoadProgress.NONE);
    assertEquals(List.of(train, test), List.of(trained.size(), tested.size()));
    assertEquals(classes, trained.classes());
    assertEquals(classes == 0, trained.scored());
    assertEquals("pairs of texts", trained.form());
    Experiment e = Experiment.of(recipe, settings, trained, tested, List.of(1L));
    e.check();
    assertEquals(300, e.train().size());
    if (classes == 0) {
      for (double score : trained.scores()) {
        assertTrue(score >= 0 && score <= 5, "score " + score);
      }
    }
  }
}

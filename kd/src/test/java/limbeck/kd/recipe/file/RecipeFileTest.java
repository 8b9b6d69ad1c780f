package limbeck.kd.recipe.file;

import static limbeck.kd.recipe.file.SmallRecipe.TEXT;
import static limbeck.kd.recipe.file.SmallRecipe.arm;
import static limbeck.kd.recipe.file.SmallRecipe.read;
import static limbeck.kd.recipe.file.SmallRecipe.requireWrittenAndReadTheSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.op.Reduction;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file becomes a recipe, whose values can be set, and which can be written again. */
class RecipeFileTest {
  @Test
  void networksAreTakenFromTheFile() {
    RecipeFile r = read(TEXT);
    assertEquals("kd", r.name());
    assertEquals(100, r.defaults().whole("data.validation"));
    Arm distilled = arm(r, "distilled");
    assertEquals(NetworkChoice.of("mlp:16-8-3"), distilled.network());
    assertEquals(8, distilled.training().epochs());
    assertEquals(0.1, distilled.training().rate());
    assertEquals(64, distilled.training().batch());
    SoftTargets soft = new SoftTargets(3, true, false, Reduction.BATCH_MEAN);
    assertEquals(
        List.of(
            new Term(soft, "teacher", Weight.of(0.9).during(0, 5)), Term.of(new HardLabels(), 0.1)),
        distilled.stages().get(0).terms());
    assertEquals(List.of(Term.of(new HardLabels(), 1)), arm(r, "student").stages().get(0).terms());
    List<Stage> stages = arm(r, "teacher").stages();
    assertEquals(List.of(4, 2), stages.stream().map(s -> s.training().epochs()).toList());
    assertEquals(Stage.Keep.BEST, stages.get(0).keep());
    assertEquals("adam", stages.get(1).training().optimizer());
  }

  @Test
  void teachersComeFirstWhereverTheyStand() {
    RecipeFile r = read(TEXT);
    assertEquals(
        List.of("student", "teacher", "distilled"),
        r.arms(r.defaults()).stream().map(Arm::id).toList());
  }

  @Test
  void everyValueCanBeSet() {
    RecipeFile r = read(TEXT);
    Settings s =
        r.defaults()
            .with(
                List.of(
                    "distilled.terms.0.temperature=2.5",
                    "defaults.epochs=3",
                    "teacher.stages.1.optimizer=sgd",
                    "student.hiddenDropout=0.25",
                    "student.network=mlp:16-4-3"));
    SoftTargets soft =
        (SoftTargets) arm(r, s, "distilled").stages().get(0).terms().get(0).objective();
    assertEquals(2.5, soft.temperature());
    assertEquals(3, arm(r, s, "distilled").training().epochs());
    assertEquals("sgd", arm(r, s, "teacher").stages().get(1).training().optimizer());
    assertEquals(0.25, arm(r, s, "distilled").training().regularisation().hiddenDropout());
    assertEquals(NetworkChoice.of("mlp:16-4-3"), arm(r, s, "distilled").network());
  }

  @Test
  void aLayerOfBothNetworksIsNamedOnce() {
    Recipe twice = read(withTerm("studentTaps = [\"layer1\"], teacherTaps = [\"layer1\"]"));
    Recipe once = read(withTerm("taps = [\"layer1\"]"));
    assertEquals(twice.arms(twice.defaults()), once.arms(once.defaults()));
    RecipeException both =
        assertThrows(
            RecipeException.class,
            () ->
                read(
                    withTerm(
                        "taps = [\"layer1\"], studentTaps = [\"layer1\"],"
                            + " teacherTaps = [\"layer1\"]")));
    assertTrue(both.getMessage().contains("unknown key \"taps\""), both.getMessage());
  }

  private static String withTerm(String taps) {
    return """
    name = "x"
    summary = "x"
    [networks.teacher]
    network = "mlp:4-3-2"
    [networks.student]
    network = "mlp:4-3-2"
    terms = [
      { method = "SimilarityPreserving", teacher = "teacher", %s },
    ]
    [[comparisons]]
    arm = "student"
    baseline = "teacher"
    """
        .replace("%s", taps);
  }

  @Test
  void whatIsDoneWithTheDataIsDeclared() {
    RecipeFile r =
        read(
            TEXT.replace(
                "validation = 100", "split = \"stratified\"\nsubset = 600\nresults = \"test\""));
    assertEquals(new DataSplit(0, "stratified", 600, "test", ""), DataSplit.of(r.defaults()));
    String text = RecipeText.of(r, r.defaults().with("data.subset", "300"));
    assertEquals(
        new DataSplit(0, "stratified", 300, "test", ""), DataSplit.of(read(text).defaults()));
    assertThrows(RecipeException.class, () -> r.defaults().with("data.split", "first"));
  }

  private static List<Recipe> builtIn() {
    return Recipes.all();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void aRecipeThatIsWrittenAndReadIsTheSame(Recipe r) {
    requireWrittenAndReadTheSame(r);
  }
}

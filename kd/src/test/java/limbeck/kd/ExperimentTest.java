package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.ImageDataset;
import limbeck.kd.data.Split;
import limbeck.kd.data.Strata;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.file.RecipeFile;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static String refusal(Runnable experiment) {
    return assertThrows(RecipeException.class, experiment::run).getMessage();
  }

  @Test
  void withoutValidationResultsAreOnTheTestSet() {
    Experiment e = Tiny.experiment();
    assertNull(e.validation());
    assertEquals(60, e.train().size());
    assertEquals(Tiny.images(2, 40).digest(), e.evaluation().digest());
  }

  @Test
  void withValidationTheTestSetIsLeftAlone() {
    Experiment e = Tiny.experiment("data.validation=20");
    assertEquals(40, e.train().size());
    assertEquals(Tiny.images(1, 60).slice(40, 60).digest(), e.evaluation().digest());
    assertEquals(e.evaluation().digest(), e.validation().digest());
    assertNotEquals(e.train().digest(), Tiny.experiment().train().digest());
  }

  @Test
  void chosenOnValidationMeasuredOnTheTestSet() {
    Settings s =
        RecipeFile.of(
                "x.toml",
                """
                name = "x"
                summary = "x"
                [data]
                validation = 20
                results = "test"
                [networks.student]
                network = "mlp:4-3-2"
                [networks.distilled]
                like = "student"
                [[comparisons]]
                arm = "distilled"
                baseline = "student"
                """,
                Path.of(""))
            .defaults();
    Dataset train = Tiny.images(1, 60);
    Dataset test = Tiny.images(2, 40);
    Experiment e = Experiment.of(new TinyRecipe(), s, train, test, List.of(1L));
    assertEquals(40, e.train().size());
    assertEquals(train.slice(40, 60).digest(), e.validation().digest());
    assertEquals(test.digest(), e.evaluation().digest());
    Experiment held =
        Experiment.of(
            new TinyRecipe(), s.with("data.results", "validation"), train, null, List.of(1L));
    assertEquals(train.slice(40, 60).digest(), held.evaluation().digest());
  }

  @Test
  void validationExamplesMayBeOfAllClasses() {
    Experiment e = Tiny.experiment("data.validation=20", "data.split=stratified");
    Split expected = Split.stratified(Tiny.images(1, 60), 20, 0);
    assertEquals(expected.heldOut().digest(), e.evaluation().digest());
    assertEquals(expected.train().digest(), e.train().digest());
  }

  @Test
  void theTrainingSetMayBeSmaller() {
    Experiment e = Tiny.experiment("data.subset=30");
    assertEquals(Strata.first(Tiny.images(1, 60), 30).digest(), e.train().digest());
    assertEquals(40, e.evaluation().size());
    Experiment held = Tiny.experiment("data.validation=20", "data.subset=9");
    assertEquals(9, held.train().size());
    assertEquals(
        Tiny.experiment("data.validation=20").evaluation().digest(), held.evaluation().digest());
    assertEquals(
        "data.subset = 41: there are only 40 examples to train on",
        refusal(() -> Tiny.experiment("data.validation=20", "data.subset=41")));
    assertTrue(
        refusal(() -> Tiny.experiment("data.subset=2"))
            .startsWith("data.subset = 2: tiny-1: too few to have one of class "));
  }

  @Test
  void whatWasDoneWithTheDataIsTold() {
    assertEquals(
        "results are on the test set, read once, at the end; nothing was chosen on it; networks"
            + " were trained on 1800 examples, of each class its share, the first ones",
        new DataSplit(0, "last", 1800, "validation", "").describe(false));
    assertEquals(
        "results are on the last 20 training examples, held out from everything; the test set was"
            + " not read",
        new DataSplit(20, "last", 0, "validation", "").describe(false));
    assertEquals(
        "results are on 20 training examples, of each class its share, drawn at random and held"
            + " out from everything; the test set was not read",
        new DataSplit(20, "stratified", 0, "validation", "").describe(false));
    assertEquals(
        "results are on the test set, read once, at the end; nothing was chosen on it, but on the"
            + " last 20 training examples, held out from training",
        new DataSplit(20, "last", 0, "test", "").describe(false));
    assertEquals(
        "results are on the last 20 training examples, held out from training, but networks were"
            + " chosen on them; the test set was not read",
        new DataSplit(20, "last", 0, "validation", "").describe(true));
  }

  @Test
  void seedsAreDifferentNumbers() {
    assertEquals(
        "seeds []: different whole numbers expected, such as 1,2,3",
        refusal(() -> Tiny.experiment(List.of())));
    assertTrue(refusal(() -> Tiny.experiment(List.of(3L, 1L, 3L))).startsWith("seeds [3, 1, 3]"));
    assertEquals(2, Tiny.experiment(List.of(-1L, Long.MAX_VALUE)).seeds().size());
  }

  @Test
  void somethingMustBeLeftToTrainOn() {
    assertEquals(
        "data.validation = 60: the training set has only 60 examples",
        refusal(() -> Tiny.experiment("data.validation=60")));
    assertEquals(
        "student: 60 training examples are to be held out, but there are only 60",
        refusal(() -> Tiny.experiment("heldOut=60").arms()));
    ImageDataset train = Tiny.images(1, 60);
    Dataset ones = train.ofClasses(1);
    TinyRecipe recipe = new TinyRecipe();
    Settings s = recipe.defaults().with("onlyTwo", "true");
    Experiment e = Experiment.of(recipe, s, ones, Tiny.images(2, 9), List.of(1L));
    assertEquals("student: no training example is of the classes [0, 2]", refusal(() -> e.arms()));
  }

  @Test
  void networksMustFitTheData() {
    Experiment e =
        Experiment.of(
            Recipes.named("hinton-mnist"),
            Recipes.named("hinton-mnist").defaults(),
            Tiny.images(1, 60),
            Tiny.images(2, 40),
            List.of(1L));
    assertEquals(
        "teacher: mlp:784-1200-1200-10: takes 784 values, but images of 1 x 4 x 4 have 16",
        refusal(e::arms));
  }

  @Test
  void jitterMustFitTheImages() {
    Experiment e = Tiny.experiment("jitter=4");
    assertEquals(
        "student: jitter of up to 4 pixels needs images larger than that; these are 4 x 4",
        refusal(e::arms));
  }

  @Test
  void examplesHeldOutNeedNoTestSet() {
    TinyRecipe recipe = new TinyRecipe();
    Settings s = recipe.defaults().with("data.validation", "20");
    Experiment e = Experiment.of(recipe, s, Tiny.images(1, 60), null, List.of(1L));
    assertEquals(40, e.train().size());
    assertEquals(20, e.evaluation().size());
  }

  @Test
  void trainingAndTestSetMustBeAlike() {
    ImageDataset small =
        new ImageDataset("other", 2, 2, 1, List.of("a", "b", "c"), new byte[4], new int[1]);
    TinyRecipe recipe = new TinyRecipe();
    assertTrue(
        refusal(
                () ->
                    Experiment.of(
                        recipe, recipe.defaults(), Tiny.images(1, 60), small, List.of(1L)))
            .startsWith("data: training and test set differ in classes or shape"));
  }
}

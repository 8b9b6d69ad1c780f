package limbeck.kd.recipe.file;

import static limbeck.kd.recipe.file.SmallRecipe.TEXT;
import static limbeck.kd.recipe.file.SmallRecipe.arm;
import static limbeck.kd.recipe.file.SmallRecipe.read;
import static limbeck.kd.recipe.file.SmallRecipe.refusal;
import static limbeck.kd.recipe.file.SmallRecipe.requireWrittenAndReadTheSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Training;
import limbeck.kd.vision.Mixup;
import org.junit.jupiter.api.Test;

/** How a file says in what way stages are trained. */
class StageKeysTest {
  /** A network with another schedule leaves inherited drops behind, and one like it has none. */
  @Test
  void dropsOfTheRateAreInheritedByStepsAlone() {
    String text =
        TEXT.replace("rate = 0.1", "schedule = \"step\"\ndrops = [0.5, 0.75]\nnesterov = false")
            .replace("batch = 64", "schedule = \"cosine\"");
    RecipeFile r = read(text);
    Training student = arm(r, "student").training();
    assertEquals(new RateDrops(List.of(0.5, 0.75), 10), student.drops());
    assertFalse(student.nesterov());
    assertEquals(RateDrops.NONE, arm(r, "distilled").training().drops());
    Settings s =
        r.defaults()
            .with(List.of("defaults.drops=[0.25]", "student.factor=5", "student.nesterov=true"));
    assertEquals(new RateDrops(List.of(0.25), 5), arm(r, s, "student").training().drops());
    assertTrue(arm(r, s, "student").training().nesterov());
    assertEquals(
        new RateDrops(List.of(0.25), 10), arm(r, s, "teacher").stages().get(1).training().drops());
    requireWrittenAndReadTheSame(r);
  }

  @Test
  void badDropsOfTheRateAreNamed() {
    String step = TEXT.replace("epochs = 2", "schedule = \"step\"\ndrops = DROPS");
    String epochs = refusal(step.replace("DROPS", "[80]"));
    String expected = "networks.teacher.stages[1]: drops = [80.0]: shares of the stage's epochs";
    assertTrue(epochs.contains(expected), epochs);
    String words = refusal(step.replace("DROPS", "[\"x\"]"));
    assertTrue(words.contains("stages[1].drops: a list of numbers expected"), words);
  }

  @Test
  void aStageIsCutIntoCycles() {
    RecipeFile r = read(TEXT.replace("batch = 64", "cycles = 4"));
    List<Stage> cycles = arm(r, "distilled").stages();
    assertEquals(List.of(2, 2, 2, 2), cycles.stream().map(s -> s.training().epochs()).toList());
    assertEquals(
        List.of(true, false, false, false), cycles.stream().map(Stage::freshOptimizer).toList());
    requireWrittenAndReadTheSame(r);
    Settings fewer = r.defaults().with("distilled.cycles", "2");
    assertEquals(2, arm(r, fewer, "distilled").stages().size());
    RecipeFile fresh = read(TEXT.replace("batch = 64", "cycles = 2\nfreshOptimizer = true"));
    assertTrue(arm(fresh, "distilled").stages().stream().allMatch(Stage::freshOptimizer));
    RecipeFile within =
        read(
            TEXT.replace("epochs = 2", "freshOptimizer = false")
                .replace("optimizer = \"adam\"", "cycles = 2"));
    assertEquals(
        List.of(true, false, false),
        arm(within, "teacher").stages().stream().map(Stage::freshOptimizer).toList());
    String message = refusal(TEXT.replace("batch = 64", "cycles = 3"));
    assertTrue(
        message.contains(
            "networks.distilled.cycles: cycles = 3: 8 epochs cannot be shared out evenly"),
        message);
  }

  @Test
  void examplesAreMixedWhereEveryMethodAllowsIt() {
    RecipeFile r = read(TEXT.replace("batch = 64", "augment = \"flip,mixup:0.2\""));
    assertEquals(new Mixup(0.2), arm(r, "distilled").augment().mixup());
    assertTrue(arm(r, "distilled").augmented());
    requireWrittenAndReadTheSame(r);
    String decoupled =
        TEXT.replace("batch = 64", "augment = \"mixup:0.2\"")
            .replace("\"HardLabels\", weight", "\"DecoupledKd\", teacher = \"teacher\", weight");
    assertEquals(
        "a.toml:14: networks.distilled: augment = mixup: decoupled kd needs examples of one class"
            + " each, and these are mixed of two",
        refusal(decoupled));
    String wrong = refusal(TEXT.replace("batch = 64", "augment = \"mixup\""));
    assertTrue(wrong.contains("networks.distilled.augment: augmentation \"mixup\": mixup:ALPHA"));
  }

  @Test
  void termsAreLeftOutAtRandom() {
    String two =
        TEXT.replace(
            "{ method = \"HardLabels\", weight = 0.1 }",
            "{ method = \"LogitMatching\", teacher = \"teacher\" }");
    RecipeFile r = read(two.replace("batch = 64", "dropTerms = 1"));
    assertEquals(1, arm(r, "distilled").stages().get(0).dropTerms());
    requireWrittenAndReadTheSame(r);
    assertEquals(
        0,
        arm(r, r.defaults().with("distilled.dropTerms", "0"), "distilled")
            .stages()
            .get(0)
            .dropTerms());
    String message = refusal(TEXT.replace("batch = 64", "dropTerms = 1"));
    assertTrue(
        message.contains(
            "networks.distilled: dropTerms = 1: of 1 term with a teacher, one at least must stay"),
        message);
  }
}

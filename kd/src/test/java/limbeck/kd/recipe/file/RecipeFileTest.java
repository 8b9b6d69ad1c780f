package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import limbeck.engine.op.Reduction;
import limbeck.kd.objective.HardLabels;
import limbeck.kd.objective.SoftTargets;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.NetworkChoice;
import limbeck.kd.recipe.RateDrops;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.Stage;
import limbeck.kd.recipe.Term;
import limbeck.kd.recipe.Training;
import limbeck.kd.recipe.Weight;
import limbeck.kd.vision.Mixup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeFileTest {
  private static final String TEXT =
      """
      name = "kd"
      summary = "A small network learns from a larger one."

      [data]
      validation = 100

      [defaults]
      epochs = 8
      rate = 0.1

      [networks.student]
      network = "mlp:16-8-3"

      [networks.distilled]
      like = "student"
      batch = 64
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = 3, weight = 0.9, until = 5 },
        { method = "HardLabels", weight = 0.1 },
      ]

      [networks.teacher]
      network = "mlp:16-32-3"
      epochs = 4

      [[networks.teacher.stages]]
      name = "one"
      keep = "best"

      [[networks.teacher.stages]]
      name = "two"
      epochs = 2
      optimizer = "adam"

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  private static RecipeFile read(String text) {
    return RecipeFile.of("a.toml", text, Path.of("."));
  }

  private static Arm arm(Recipe r, Settings s, String id) {
    return r.arms(s).stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  private static Arm arm(Recipe r, String id) {
    return arm(r, r.defaults(), id);
  }

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
    assertEquals(0.25, arm(r, s, "distilled").training().hiddenDropout());
    assertEquals(NetworkChoice.of("mlp:16-4-3"), arm(r, s, "distilled").network());
  }

  @Test
  void anUnknownSettingIsRefused() {
    RecipeFile r = read(TEXT);
    String message =
        assertThrows(
                RecipeException.class, () -> r.defaults().with("distilled.terms.0.temprature", "2"))
            .getMessage();
    assertTrue(message.contains("did you mean \"distilled.terms.0.temperature\"?"), message);
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
    aRecipeThatIsWrittenAndReadIsTheSame(r);
  }

  @Test
  void aStageIsCutIntoCycles() {
    RecipeFile r = read(TEXT.replace("batch = 64", "cycles = 4"));
    List<Stage> cycles = arm(r, "distilled").stages();
    assertEquals(List.of(2, 2, 2, 2), cycles.stream().map(s -> s.training().epochs()).toList());
    assertEquals(
        List.of(true, false, false, false), cycles.stream().map(Stage::freshOptimizer).toList());
    aRecipeThatIsWrittenAndReadIsTheSame(r);
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
    aRecipeThatIsWrittenAndReadIsTheSame(r);
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
  void whatIsDoneWithTheDataIsDeclared() {
    RecipeFile r =
        read(
            TEXT.replace(
                "validation = 100", "split = \"stratified\"\nsubset = 600\nresults = \"test\""));
    assertEquals(new DataSplit(0, "stratified", 600, "test"), DataSplit.of(r.defaults()));
    String text = RecipeText.of(r, r.defaults().with("data.subset", "300"));
    assertEquals(new DataSplit(0, "stratified", 300, "test"), DataSplit.of(read(text).defaults()));
    assertThrows(RecipeException.class, () -> r.defaults().with("data.split", "first"));
  }

  @Test
  void termsAreLeftOutAtRandom() {
    String two =
        TEXT.replace(
            "{ method = \"HardLabels\", weight = 0.1 }",
            "{ method = \"LogitMatching\", teacher = \"teacher\" }");
    RecipeFile r = read(two.replace("batch = 64", "dropTerms = 1"));
    assertEquals(1, arm(r, "distilled").stages().get(0).dropTerms());
    aRecipeThatIsWrittenAndReadIsTheSame(r);
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

  private static String refusal(String text) {
    return assertThrows(RecipeException.class, () -> read(text)).getMessage();
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

  private static List<Recipe> builtIn() {
    return Recipes.all();
  }

  /** What is shown is what is run. */
  @ParameterizedTest
  @MethodSource("builtIn")
  void aRecipeThatIsWrittenAndReadIsTheSame(Recipe r) {
    String text = RecipeText.of(r, r.defaults());
    RecipeFile again = read(text);
    assertEquals(r.arms(r.defaults()), again.arms(again.defaults()));
    assertEquals(r.comparisons(r.defaults()), again.comparisons(again.defaults()));
    assertEquals(text, RecipeText.of(again, again.defaults()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature = 3|temprature = 3|a.toml:18: unknown key \"temprature\" in"
            + " networks.distilled.terms[0]; did you mean \"temperature\"?",
        "temperature = 3|temperature = -3|a.toml:17: networks.distilled.terms[0]: softTargets:"
            + " temperature -3.0",
        "temperature = 3|temperature = \"hot\"|a.toml:18: networks.distilled.terms[0].temperature:"
            + " a number",
        "\"SoftTargets\"|\"SoftTarget\"|a.toml:18: networks.distilled.terms[0].method: no method"
            + " \"SoftTarget\"; did you mean \"SoftTargets\"?",
        "teacher = \"teacher\"|teacher = \"techer\"|no teacher \"techer\"; did you mean"
            + " \"teacher\"?",
        "teacher = \"teacher\", |''|SoftTargets asks a teacher, and none is named",
        "like = \"student\"|like = \"teacher\"|a.toml:15: networks.distilled.like: no network"
            + " \"teacher\" above this one",
        "network = \"mlp:16-8-3\"|network = \"mpl:16-8-3\"|a.toml:12: networks.student.network: no"
            + " architecture",
        "network = \"mlp:16-8-3\"|''|missing network",
        "epochs = 8|epochs = 8.5|a.toml:8: defaults.epochs: a whole number",
        "epochs = 8|epoch = 8|a.toml:8: unknown key \"epoch\" in defaults; did you mean"
            + " \"epochs\"?",
        "baseline = \"student\"|baseline = \"alone\"|one of student, distilled, teacher expected",
        "until = 5 |until = 0 |a window of at least one epoch",
        "name = \"kd\"|name = \"kd|a.toml:1: ",
        "keep = \"best\"|keep = \"worst\"|one of last, best expected",
        "validation = 100|validation = -1|a.toml:5: data.validation: a whole number from 0",
        "validation = 100|split = \"strata\"|a.toml:5: data.split: one of last, stratified",
        "validation = 100|subset = 0.1|a.toml:5: data.subset: a whole number from 0",
        "validation = 100|results = \"train\"|a.toml:5: data.results: one of validation, test",
        "validation = 100|train = 10|a.toml:5: unknown key \"train\" in data",
        "rate = 0.1|drops = [0.5]|a.toml:9: defaults.drops: is of schedule = \"step\" alone",
        "rate = 0.1|factor = 5|a.toml:9: defaults.factor: is of schedule = \"step\" alone",
        "rate = 0.1|schedule = \"step\"|schedule = step needs defaults.drops, such as [0.5, 0.75]",
        "rate = 0.1|schedule = \"steps\"|expected, not \"steps\"; did you mean \"step\"?",
        "rate = 0.1|nesterov = 1|a.toml:9: defaults.nesterov: true or false expected, not 1",
      })
  void whatMakesNoSenseIsNamed(String from, String to, String expected) {
    String changed = TEXT.replaceFirst(java.util.regex.Pattern.quote(from), to);
    String message =
        assertThrows(RecipeException.class, () -> read(changed).arms(read(changed).defaults()))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aCircleOfTeachersIsNamed() {
    String circle =
        TEXT.replace(
            "name = \"one\"",
            "name = \"one\"\nterms = [{ method = \"LogitMatching\", teacher = \"distilled\" }]");
    String message = assertThrows(RecipeException.class, () -> read(circle)).getMessage();
    assertTrue(message.contains("taught by itself, in a circle"), message);
    assertTrue(message.contains("distilled by teacher by distilled"), message);
  }
}

package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.autograd.Taps;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.program.Program;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.TensorDataset;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.ParetoPoint;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Stopping;
import limbeck.kd.vision.ImageArchitecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches and exits: trained together, measured and deployed one by one. */
class PartsTest {
  private static final String TEXT =
      """
      name = "parts"
      summary = "Branches and exits."

      [defaults]
      epochs = 2
      batch = 16

      [networks.student]
      network = "plain:3-P-4-P"

      [networks.distilled-byot]
      network = "exits:plain:3-P-4-P"
      terms = [{ method = "BeYourOwnTeacher", alpha = 0.3, lambda = 0.1 }]

      [networks.distilled]
      part = "distilled-byot"
      output = "deepest"

      [networks.distilled-exit1]
      part = "distilled-byot"
      output = "exit1"

      [networks.distilled-ensemble]
      part = "distilled-byot"
      output = "ensemble"

      [networks.student-wide]
      network = "mlp:16-8-7-3"

      [networks.distilled-one]
      network = "one-2:mlp:16-8-7-3"
      terms = [{ method = "NativeEnsemble", branches = 2 }]

      [networks.distilled-branch0]
      part = "distilled-one"
      output = "branch0"

      [networks.distilled-branch1]
      part = "distilled-one"
      output = "branch1"

      [networks.distilled-taught]
      like = "student-wide"
      terms = [
        { method = "SoftTargets", teacher = "distilled-branch1", temperature = 2 },
        { method = "SoftTargets", teacher = "distilled-one", temperature = 2 },
      ]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String text) {
    return DerivedRuns.experiment(text, List.of(1L));
  }

  private static RunReport run(Experiment e, Path out) throws Exception {
    return DerivedRuns.run(e, out);
  }

  private static Row row(RunReport report, String arm) {
    return DerivedRuns.row(report, arm, 1);
  }

  private static ModelFile model(Path out, String arm) throws Exception {
    return ModelFile.load(out.resolve("models/" + arm + "-seed1.safetensors"));
  }

  private static Tensor images(Dataset data) {
    float[] values = new float[data.size() * 16];
    for (int i = 0; i < data.size(); i++) {
      ((TensorDataset) data).read(i, values, 16 * i);
    }
    return Tensor.of(Shape.of(data.size(), 16), values);
  }

  /** What the taps of a trained network give, for each of its outputs. */
  private static Map<String, float[]> outputs(Experiment e, Path out, String id) throws Exception {
    Network network = DerivedRuns.network(e, out, id, 1);
    List<String> names = ImageArchitecture.of(network.name()).outputs();
    Taps taps = Taps.of(names.toArray(String[]::new));
    OpContext context = new OpContext(Workers.inline());
    Map<String, float[]> values = new LinkedHashMap<>();
    taps.during(() -> network.infer(images(e.evaluation()), context));
    names.forEach(n -> values.put(n, taps.get(n).value().own().floats()));
    return values;
  }

  private static float[] deployed(Experiment e, Path out, String arm) throws Exception {
    Program program = model(out, arm).program();
    float[] logits = new float[e.evaluation().size() * 3];
    program.runner().run(images(e.evaluation()).floats(), logits);
    return logits;
  }

  @Test
  void everyPartsFileHoldsThatOutputAndNoMore() throws Exception {
    Experiment e = experiment(TEXT);
    RunReport report = run(e, folder);
    Map<String, float[]> exits = outputs(e, folder, "distilled-byot");
    assertEquals(List.of("exit1", "deepest", "ensemble"), List.copyOf(exits.keySet()));
    assertArrayEquals(exits.get("exit1"), deployed(e, folder, "distilled-exit1"));
    assertArrayEquals(exits.get("deepest"), deployed(e, folder, "distilled"));
    assertArrayEquals(exits.get("deepest"), deployed(e, folder, "distilled-byot"));
    assertArrayEquals(exits.get("ensemble"), deployed(e, folder, "distilled-ensemble"));
    Map<String, float[]> branches = outputs(e, folder, "distilled-one");
    assertArrayEquals(branches.get("branch0"), deployed(e, folder, "distilled-branch0"));
    assertArrayEquals(branches.get("branch1"), deployed(e, folder, "distilled-branch1"));
    for (String branch : List.of("distilled-branch0", "distilled-branch1")) {
      assertEquals(
          model(folder, "student-wide").weights().keySet(),
          model(folder, branch).weights().keySet());
      assertEquals(row(report, "student-wide").parameters(), row(report, branch).parameters());
    }
    assertEquals(
        model(folder, "student").weights().keySet(), model(folder, "distilled").weights().keySet());
  }

  @Test
  void whatAnOutputCostsIsWhatIsReported() throws Exception {
    RunReport report = run(experiment(TEXT), folder);
    Row alone = row(report, "student");
    assertEquals(alone.multiplyAdds(), row(report, "distilled").multiplyAdds());
    assertEquals(alone.parameters(), row(report, "distilled").parameters());
    assertTrue(row(report, "distilled-byot").parameters() > alone.parameters());
    assertTrue(row(report, "distilled-ensemble").multiplyAdds() > alone.multiplyAdds());
    assertNotEquals(alone.multiplyAdds(), row(report, "distilled-exit1").multiplyAdds());
    List<String> plotted = report.pareto().stream().map(ParetoPoint::arm).toList();
    assertTrue(plotted.contains("distilled-exit1"), plotted.toString());
    assertTrue(report.cost().stream().noneMatch(c -> c.arm().equals("distilled-exit1")));
    assertEquals("output exit1 of distilled-byot", report.arm("distilled-exit1").method());
    Map<String, Object> conventions = report.recipe().conventions();
    assertTrue(conventions.get("objective").toString().contains("over the exits"));
    assertEquals(3, report.recipe().temperature()); // that of the whole that the headline is from
  }

  @Test
  void aRunThatIsStoppedAgainAndAgainHasTheSameBits() throws Exception {
    Experiment e = experiment(TEXT);
    List<String> whole = Tiny.hashes(run(e, folder.resolve("whole")));
    Stopping.Resumed<RunReport> resumed = Stopping.again(5, e, folder.resolve("out"));
    assertEquals(whole, Tiny.hashes(resumed.result()));
    assertTrue(resumed.stops() >= 3, "stopped " + resumed.stops() + " times");
    assertEquals(whole, Tiny.hashes(run(e, folder.resolve("out"))), "from finished networks");
  }

  /** The network that only shares its first layers with others is there from the first step. */
  @Test
  void onLabelsExitsLeaveTheNetworkAsItIs() throws Exception {
    String labels =
        TEXT.replace(
            "terms = [{ method = \"BeYourOwnTeacher\", alpha = 0.3, lambda = 0.1 }]",
            "terms = [{ method = \"HardLabels\" }]");
    RunReport report = run(experiment(labels), folder);
    assertEquals(row(report, "student").weightsSha256(), row(report, "distilled").weightsSha256());
    RunReport taught = run(experiment(TEXT), folder.resolveSibling(folder.getFileName() + "-2"));
    assertNotEquals(
        row(taught, "student").weightsSha256(), row(taught, "distilled").weightsSha256());
  }

  @Test
  void aTextReadsBackToTheSameNetworks() {
    RecipeFile recipe = DerivedRuns.read(TEXT);
    String text = RecipeText.of(recipe, recipe.defaults());
    RecipeFile again = DerivedRuns.read(text);
    assertEquals(recipe.arms(recipe.defaults()), again.arms(again.defaults()), text);
  }

  @Test
  void theOutputIsASetting() {
    RecipeFile recipe = DerivedRuns.read(TEXT);
    Settings s = recipe.defaults().with(List.of("distilled-exit1.output=deepest"));
    Arm part =
        recipe.arms(s).stream().filter(a -> a.id().equals("distilled-exit1")).findFirst().get();
    assertEquals("plain:3-P-4-P", part.network().architecture().name());
    assertEquals("output deepest", part.derivation().identity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "output = \"exit1\"|output = \"exit2\"|networks.distilled-exit1.output: exits:plain:3-P-4-P"
            + " has no output \"exit2\"; did you mean \"exit1\"?",
        "part = \"distilled-one\"|part = \"student-wide\"|has no output \"branch0\", only its"
            + " logits",
        "part = \"distilled-one\"|part = \"distilled-on\"|no network \"distilled-on\" above this"
            + " one; did",
        "output = \"exit1\"||missing output (a string)",
        "output = \"exit1\"|output = \"exit1\"\\nepochs = 3|unknown key \"epochs\"",
        "part = \"distilled-one\"|part = [\"student\", \"student-wide\"]|one network expected, not"
            + " 2",
        "branches = 2|branches = 1|distilled-one has more branches than the 1",
        "branches = 2|branches = 3|has no tap \"branch2\"",
        "one-2:mlp:16-8-7-3|mlp:16-8-7-3|has no output \"branch0\", only its logits",
        "one-2:mlp:16-8-7-3|one-2:mlp:16-8-3|needs a network of 2 stages at least",
        "network = \"mlp:16-8-7-3\"|network = \"mlp:16-8-7-3\"\\n"
            + "terms = [{ method = \"BeYourOwnTeacher\" }]|has no exits; a network expected whose"
            + " name begins with exits:",
      })
  void whatMakesNoSenseIsRefused(String from, String to, String expected) {
    String text = TEXT.replace(from, to == null ? "" : to.replace("\\n", "\n"));
    DerivedRuns.requireRefused(text, folder, expected);
  }

  /** Each branch and exit of the project's recipes is set against the same network without it. */
  @ParameterizedTest
  @CsvSource({"one-mnist, 5", "byot-mnist, 9"})
  void recipes(String name, int networks) {
    Recipe recipe = Recipes.named(name);
    List<Arm> arms = recipe.arms(recipe.defaults());
    assertEquals(networks, arms.size());
    Map<String, String> kinds = new LinkedHashMap<>();
    arms.forEach(a -> kinds.put(a.id(), a.network().architecture().name()));
    List<String> outputs = new ArrayList<>();
    arms.stream()
        .filter(a -> a.derivation() != null)
        .forEach(a -> outputs.add(a.derivation().identity()));
    Recipe.Comparison headline = recipe.comparisons(recipe.defaults()).get(0);
    assertEquals(kinds.get("student"), kinds.get(headline.arm()));
    assertEquals("student", headline.baseline());
    assertTrue(outputs.size() >= 2, outputs.toString());
  }
}

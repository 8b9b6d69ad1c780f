package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.Network;
import limbeck.kd.Predictor;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.metric.Measure;
import limbeck.kd.metric.Regression;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.kd.report.ComparisonText;
import limbeck.kd.report.Curve;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunComparison;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import limbeck.kd.report.html.HtmlComparison;
import limbeck.kd.train.Evaluation;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.model.TextPredictors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples with scores go the way of those with classes: trained, distilled, resumed, reported. */
class ScoreRecipesTest {
  private static final String SMALL =
      """
      name = "small"
      summary = "Siamese networks learn how alike drawn sentences are."

      [data]
      format = "generated-similarity:400+150"
      validation = 60
      results = "test"

      [defaults]
      optimizer = "adam"
      rate = 0.005
      schedule = "linear"
      clip = 1
      batch = 16
      epochs = 3

      [networks.teacher]
      network = "bert:1-16-2"
      inputs = "pieces:150"
      hiddenDropout = 0.1

      [networks.student]
      network = "bag:8"
      stages = [{ epochs = 3, keep = "best" }]

      [networks.distilled]
      like = "student"
      stages = [{ terms = [{ method = "LogitMatching", teacher = "teacher" }] }]

      [networks.annealed]
      role = "distilled"
      like = "student"
      terms = [{ method = "AnnealedLogits", teacher = "teacher", tauMax = 2 }]
      expand = "tang:2"

      [networks.both]
      role = "student"
      ensemble = ["student", "annealed"]

      [networks.better]
      choose = ["distilled", "annealed"]
      role = "distilled"

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      claim = "A teacher helps"

      [[comparisons]]
      arm = "both"
      baseline = "student"
      claim = "Two are better than one"
      """;

  @TempDir static Path once;

  @TempDir Path folder;

  private static Experiment one;
  private static RunReport ofOne;

  /** A run of one seed that several tests look at. */
  @BeforeAll
  static void runOne() throws Exception {
    one = DrawnRuns.experiment(SMALL, 1);
    ofOne = DrawnRuns.run(one, once);
  }

  private static Row row(RunReport report, String arm) {
    return report.rowsOf(arm).get(0);
  }

  private static float[] outputs(Experiment e, Path out, String id) throws Exception {
    Arm arm = e.arms().stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
    Network network = arm.network().build(e.train(), null);
    network.init(0);
    ModelFile model = ModelFile.load(out.resolve("models/" + id + "-seed1.safetensors"));
    network.load(model.weights());
    return Evaluation.logits(network, e.evaluation(), 1, new OpContext());
  }

  @Test
  void aStudentIsTaughtScoresAndReported() throws Exception {
    Experiment e = DrawnRuns.experiment(SMALL, 1, 2);
    RunReport report = DrawnRuns.run(e, folder);
    double[] scores = e.evaluation().scores();
    for (String arm : List.of("student", "distilled", "both")) {
      Regression r = Regression.of(outputs(e, folder, arm), scores);
      Row row = row(report, arm);
      assertEquals(r.pearson().value(), row.value(Measure.PEARSON));
      assertEquals(r.spearman().value(), row.more().get("spearman"));
      assertEquals(r.rmse(), row.more().get("rmse"));
      assertEquals(-1, row.errors());
      assertTrue(Double.isNaN(row.nll()) && Double.isNaN(row.agreement()));
    }
    assertEquals("pearson", report.verdict().metric());
    assertFalse(report.verdict().lowerIsBetter());
    double first =
        row(report, "distilled").value(Measure.PEARSON)
            - row(report, "student").value(Measure.PEARSON);
    assertEquals(first, report.verdict().differences().get(0));
    assertTrue(report.confusion().isEmpty() && report.calibration().isEmpty());
    assertTrue(report.examples().isEmpty() && report.temperatureSweep().isEmpty());
    assertTrue(report.pairs().isEmpty());
    assertEquals(report.measure(), report.pareto().get(0).measure());
    assertEquals(ReportJson.toJson(report), Files.readString(folder.resolve("report.json")));
    RunReport read = ReportJson.read(folder.resolve("report.json"));
    assertEquals(ReportJson.toJson(report), ReportJson.toJson(read));
    assertSpeaksOfScores(TextReport.of(read));
    assertSpeaksOfScores(said(folder.resolve("report.html")));
    assertTrue(Files.readString(folder.resolve("report.json")).contains("\"pearson\""));
  }

  /** The text of a page, without its styles, scripts and formulas. */
  private static String said(Path page) throws Exception {
    String all = Files.readString(page).replaceAll("(?s)<(style|script).*?</\\1>", "");
    return all.replaceAll("<[^>]+>", " ");
  }

  private static void assertSpeaksOfScores(String said) {
    assertTrue(said.contains("Pearson × 100") && said.contains("RMSE"), said);
    for (String word : List.of(" errors", "accuracy", "NLL", "ECE", "labels", "NaN", "fewer")) {
      assertFalse(said.contains(word), () -> word + " in " + said);
    }
  }

  /** The mean of outputs, bit for bit what a member is where both say the same. */
  @Test
  void anEnsembleSaysTheMeanOfScores() throws Exception {
    float[] a = outputs(one, once, "student");
    float[] b = outputs(one, once, "annealed");
    float[] both = outputs(one, once, "both");
    for (int i = 0; i < both.length; i++) {
      assertEquals((a[i] + b[i]) / 2, both[i], 1e-5);
    }
  }

  @Test
  void oneSeedIsComparedOverExamples() {
    RunReport report = ofOne;
    assertEquals("examples", report.verdict().over());
    assertTrue(report.verdict().low() <= report.verdict().mean());
    assertTrue(report.verdict().mean() <= report.verdict().high());
    assertSpeaksOfScores(TextReport.of(report));
    assertTrue(TextReport.of(report).contains("one seed, paired over 150 test examples"));
  }

  /** The one with the higher correlation on validation data, which its curve tells. */
  @Test
  void whatIsBestHasTheHighestCorrelation() {
    RunReport report = ofOne;
    List<Double> considered =
        report.paths().considered().stream().map(c -> c.validation()).toList();
    String best = considered.get(0) >= considered.get(1) ? "distilled" : "annealed";
    assertEquals(row(report, best).weightsSha256(), row(report, "better").weightsSha256());
    Curve curve =
        report.curves().stream()
            .filter(c -> c.arm().equals("distilled") && c.metric().equals("validationPearson"))
            .findFirst()
            .orElseThrow();
    assertEquals(considered.get(0), curve.values().get(2));
    assertTrue(
        report.recipe().conventions().get("selection").toString().contains("highest"),
        report.recipe().conventions()::toString);
  }

  @Test
  void aRunThatIsStoppedAndResumedHasTheSameBits() throws Exception {
    for (int stop : new int[] {5, 40, 70}) {
      DrawnRuns.stopAfter(stop, one, folder);
    }
    RunReport resumed = DrawnRuns.run(one, folder);
    assertEquals(DrawnRuns.bits(ofOne), DrawnRuns.bits(resumed));
    assertEquals(ofOne.curves(), resumed.curves());
  }

  /** Trained hardly at all, networks say about the mean of the scores, and not about 0. */
  @Test
  void outputsBeginAtTheMeanOfScores() throws Exception {
    String still = SMALL.replace("rate = 0.005", "rate = 1e-9").replace("epochs = 3", "epochs = 1");
    Experiment e = DrawnRuns.experiment(still, 1);
    DrawnRuns.run(e, folder);
    double mean = mean(e.train().scores());
    assertTrue(mean > 1.5, "scores lie from 0 to 5: " + mean);
    for (String arm : List.of("teacher", "student", "annealed")) {
      float[] said = outputs(e, folder, arm);
      double[] wide = new double[said.length];
      Arrays.setAll(wide, i -> said[i]);
      double middle = mean(wide);
      assertTrue(Math.abs(middle - mean) < Math.abs(middle), arm + ": nearer to 0, " + middle);
    }
  }

  private static double mean(double[] of) {
    return Arrays.stream(of).average().orElseThrow();
  }

  @Test
  void aModelIsAskedForAScore() throws Exception {
    ModelFile model = ModelFile.load(once.resolve("models/distilled-seed1.safetensors"));
    assertTrue(model.scores());
    Predictor predictor = new TextPredictors().of(model);
    TextDataset test = (TextDataset) one.evaluation();
    float[] first = Arrays.copyOf(outputs(one, once, "distilled"), 1);
    assertArrayEquals(first, predictor.logits(test.asText(0)), "as it was measured");
    List<String> two = List.of(test.text(0).first(), test.text(0).second(), test.asText(1));
    assertEquals(List.of(test.asText(0), test.asText(1)), predictor.questions(two));
  }

  @Test
  void runsAreCompared() throws Exception {
    Map<String, RunReport> runs = new LinkedHashMap<>();
    runs.put("first", DrawnRuns.run(DrawnRuns.experiment(SMALL, 1, 2), folder.resolve("a")));
    runs.put(
        "faster",
        DrawnRuns.run(
            DrawnRuns.experiment(SMALL.replace("0.005", "0.02"), 1, 2), folder.resolve("b")));
    RunComparison comparison = RunComparison.of(runs, null);
    assertSpeaksOfScores(ComparisonText.of(comparison));
    Path page = folder.resolve("page.html");
    HtmlComparison.write(comparison, page);
    assertFalse(said(page).contains("errors"), said(page));
    assertEquals("pearson", comparison.pairings().get(0).verdict().orElseThrow().metric());
  }

  /** Sentences that differ in nothing but words are told from those that differ in all. */
  @Test
  void aSiameseNetworkLearnsWhatIsAlike() throws Exception {
    String longer =
        SMALL
            .replace("400+150", "1500+300")
            .replace("bag:8", "bag:32")
            .replace("epochs = 3", "epochs = 8");
    RunReport report =
        DrawnRuns.run(DrawnRuns.experiment(longer.replace("tang:2", "tang:1"), 1), folder);
    assertTrue(row(report, "student").value(Measure.PEARSON) > 0.6, () -> TextReport.of(report));
  }

  @Test
  void whatNeedsClassesIsRefused() {
    assertRefused(
        SMALL.replace("\"LogitMatching\"", "\"SoftTargets\""),
        "distilled: soft targets at T = 4.0 needs distributions over classes, but"
            + " generated-similarity-train has scores and so one output; LogitMatching");
    assertRefused(
        SMALL.replace("expand = \"tang:2\"", "classes = [0]"),
        "annealed: it is shown some classes only, but generated-similarity-train has scores");
    assertRefused(SMALL.replace("bag:8", "mlp:784-10-2"), "is for images, but these are pairs");
    assertRefused(
        SMALL.replace("bert:1-16-2", "ensemble/3:2*bert:1-16-2"),
        "the mean of scores has no temperature");
    Recipe recipe = RecipeFile.of("small.toml", SMALL, Path.of(""));
    RecipeException e =
        assertThrows(
            RecipeException.class,
            () ->
                Experiment.of(
                    recipe,
                    recipe.defaults(),
                    NamedFormats.draw("generated-similarity:400+150", "train"),
                    NamedFormats.draw("generated-paraphrase:400+150", "test"),
                    List.of(1L)));
    assertTrue(e.getMessage().contains("one has scores, one classes"), e.getMessage());
  }

  private static void assertRefused(String recipe, String message) {
    RecipeException e =
        assertThrows(RecipeException.class, () -> DrawnRuns.experiment(recipe, 1).check());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}

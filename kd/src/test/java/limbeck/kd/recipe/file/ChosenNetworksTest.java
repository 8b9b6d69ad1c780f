package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.kd.Experiment;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.metric.Calibration;
import limbeck.kd.metric.Classification;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.Cost;
import limbeck.kd.report.Paths;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import limbeck.kd.train.Evaluation;
import limbeck.kd.train.Stopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that are one of others, chosen on validation data. */
class ChosenNetworksTest {
  @TempDir Path folder;

  @Test
  void whatIsChosenHasTheBitsOfTheBestCandidate() throws Exception {
    Experiment e = DerivedRuns.experiment(DerivedRuns.PATHS, List.of(1L, 2L, 3L));
    RunReport report = DerivedRuns.run(e, folder);
    List<String> candidates = List.of("direct", "of-middle", "of-small");
    for (long seed : e.seeds()) {
      String best = null;
      double lowest = Double.POSITIVE_INFINITY;
      for (String id : candidates) {
        float[] says =
            Evaluation.logits(
                DerivedRuns.network(e, folder, id, seed), e.validation(), 3, new OpContext());
        int[] labels = e.validation().labels();
        double errors = Classification.of(says, labels, 3).errors();
        double loss = errors + 1e-3 * Calibration.of(says, labels, 3).nll(); // far below 1
        if (loss < lowest) {
          best = id;
          lowest = loss;
        }
      }
      assertEquals(
          DerivedRuns.row(report, best, seed).weightsSha256(),
          DerivedRuns.row(report, "distilled", seed).weightsSha256());
    }
  }

  @Test
  void theReportTellsWhichPathsWereConsidered() throws Exception {
    Experiment e = DerivedRuns.experiment(DerivedRuns.PATHS, List.of(1L, 2L, 3L));
    RunReport report = DerivedRuns.run(e, folder);
    List<Paths.Considered> considered = report.paths().considered();
    assertEquals(5, considered.size());
    assertEquals(List.of("mlp:16-14-3", "mlp:16-6-3"), considered.get(0).path());
    assertEquals(List.of("mlp:16-14-3", "mlp:16-10-3", "mlp:16-6-3"), considered.get(1).path());
    assertEquals(List.of("mlp:16-14-3", "mlp:16-4-3"), considered.get(2).path());
    assertEquals(1, considered.subList(0, 2).stream().filter(Paths.Considered::chosen).count());
    assertEquals(1, considered.subList(2, 5).stream().filter(Paths.Considered::chosen).count());
    List<Long> seeds = new ArrayList<>();
    considered.subList(2, 5).forEach(c -> seeds.addAll(c.seeds()));
    assertEquals(List.of(1L, 2L, 3L), seeds.stream().sorted().toList());
    double errors = 0;
    for (long seed : e.seeds()) {
      Network direct = DerivedRuns.network(e, folder, "direct", seed);
      float[] says = Evaluation.logits(direct, e.validation(), 3, new OpContext());
      errors += Classification.of(says, e.validation().labels(), 3).errors();
    }
    assertEquals(100 * errors / 45, considered.get(2).validation(), 1e-9);
    assertTrue(TextReport.of(report).contains("Paths considered"));
    assertTrue(Files.readString(folder.resolve("report.html")).contains("Paths considered"));
    RunReport again = ReportJson.read(folder.resolve("report.json"));
    assertEquals(considered, again.paths().considered());
    List<String> stages = report.cost().stream().map(Cost::stage).toList();
    assertEquals(8, stages.stream().filter(s -> s.startsWith("Train ")).count()); // chosen or not
    assertEquals(3, stages.stream().filter(s -> s.startsWith("Keep the outputs of ")).count());
    assertEquals(11, stages.size());
    String selection = report.recipe().conventions().get("selection").toString();
    assertTrue(selection.contains("fewest validation errors"), selection);
  }

  @Test
  void resultsOnTheExamplesOfTheChoiceAreCalledBiased() throws Exception {
    Experiment e =
        DerivedRuns.experiment(DerivedRuns.PATHS.replace("results = \"test\"\n", ""), List.of(1L));
    RunReport report = DerivedRuns.run(e, folder);
    String selection = report.recipe().conventions().get("selection").toString();
    assertTrue(selection.contains("better than they would be on new ones"), selection);
    assertTrue(report.data().split().contains("networks were chosen on them"));
  }

  /** With nobody between teacher and student the path is plain distillation. */
  @Test
  void aChoiceOfOneIsThatOne() throws Exception {
    String alone =
        DerivedRuns.PATHS.replace("[\"direct\", \"of-middle\", \"of-small\"]", "\"direct\"");
    RunReport report = DerivedRuns.run(DerivedRuns.experiment(alone, List.of(1L)), folder);
    assertEquals(
        DerivedRuns.row(report, "direct", 1).weightsSha256(),
        DerivedRuns.row(report, "distilled", 1).weightsSha256());
    assertEquals(
        DerivedRuns.row(report, "direct", 1).agreement(),
        DerivedRuns.row(report, "distilled", 1).agreement(),
        0.0);
  }

  @ParameterizedTest
  @CsvSource({"paths, 3", "means, 3"})
  void aRunThatIsStoppedAgainAndAgainHasTheSameBits(String which, int least) throws Exception {
    Experiment e =
        DerivedRuns.experiment(
            which.equals("paths") ? DerivedRuns.PATHS : DerivedRuns.MEANS, List.of(1L));
    List<String> whole = Tiny.hashes(DerivedRuns.run(e, folder.resolve("whole")));
    Stopping.Resumed<RunReport> resumed = Stopping.again(7, e, folder.resolve("out"));
    assertEquals(whole, Tiny.hashes(resumed.result()));
    assertTrue(resumed.stops() >= least, "stopped " + resumed.stops() + " times");
    assertEquals(
        whole, Tiny.hashes(DerivedRuns.run(e, folder.resolve("out"))), "from finished networks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "validation = 15|validation = 0|: is chosen by its errors on validation data",
        "like = \"small-of-teacher\"|network = \"mlp:16-7-3\"|networks of one architecture",
        "[\"direct\", \"of-middle\"|[\"dirct\", \"of-middle\"|did you mean \"direct\"?",
        "[\"direct\", \"of-middle\"|[\"direct\", \"direct\"|different networks expected",
        "choose = [\"direct\"|epochs = 3\\nchoose = [\"direct\"|unknown key \"epochs\"",
        "choose = [\"direct\"|ensemble = \"direct\"\\n"
            + "choose = [\"direct\"|cannot have this as well",
        "like = \"small-of-teacher\"|like = \"small-of-teacher\"\\ncopies = 0|from 1 to 999",
      })
  void aChoiceThatMakesNoSenseIsRefused(String from, String to, String expected) {
    String text = DerivedRuns.PATHS.replace(from, to.replace("\\n", "\n"));
    DerivedRuns.requireRefused(text, folder, expected);
  }

  @Test
  void aCircleThroughAChoiceIsNamed() {
    String circle =
        DerivedRuns.PATHS.replace(
            "[networks.teacher]\nnetwork = \"mlp:16-14-3\"",
            "[networks.teacher]\nnetwork = \"mlp:16-14-3\"\nterms = [{ method ="
                + " \"LogitMatching\", teacher = \"distilled\" }]");
    String message =
        assertThrows(RecipeException.class, () -> DerivedRuns.read(circle)).getMessage();
    assertTrue(message.contains("in a circle"), message);
    assertTrue(message.contains("distilled"), message);
  }
}

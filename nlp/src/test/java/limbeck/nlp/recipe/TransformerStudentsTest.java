package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import limbeck.kd.Experiment;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two layers of a transformer learn from four, by layers' methods, on sentences that are drawn. */
class TransformerStudentsTest {
  private static final String TEXT =
      """
      name = "students"
      summary = "Two layers learn from four."

      [data]
      format = "generated-sentiment:%s"

      [defaults]
      optimizer = "adam"
      rate = 0.002
      schedule = "linear"
      warmUp = 0.1
      decay = 0
      clip = 1
      batch = 25
      epochs = %d

      [networks.teacher]
      network = "bert:4-32-2"

      [networks.student]
      network = "bert:2-32-2"

      [networks.distilled-patient]
      like = "student"
      start = "teacher"
      startLayers = [0, 1]
      terms = [
        { method = "SoftTargets", teacher = "teacher", temperature = 4 },
        { method = "PatientKd", teacher = "teacher", weight = 10 },
      ]

      [networks.distilled-tinybert]
      like = "student"
      network = "bert:2-24-2"

      [[networks.distilled-tinybert.stages]]
      name = "layers"
      terms = [{ method = "TinyBertLayers", teacher = "teacher" }]

      [[networks.distilled-tinybert.stages]]
      name = "prediction"
      terms = [{ method = "SoftTargets", teacher = "teacher", temperature = 1 }]

      [networks.distilled-minilm]
      like = "student"
      network = "bert:2-16-2"
      terms = [
        { method = "MiniLm", teacher = "teacher" },
        { method = "SoftTargets", teacher = "teacher", temperature = 4 },
      ]

      [[comparisons]]
      arm = "distilled-patient"
      baseline = "student"
      claim = "Patience helps"
      """;

  @TempDir Path folder;

  private static Experiment experiment(String text, String sizes, int epochs) {
    return DrawnRuns.experiment(text.replace("%s", sizes).replace("%d", "" + epochs), 1);
  }

  /**
   * Guessing gets half of the opinions wrong. What the teacher says of whole texts is kept, once;
   * what it says of each step is asked for.
   */
  @Test
  void everyMethodTeaches() throws Exception {
    Experiment e = experiment(TEXT, "1500+300", 6);
    RunReport report = DrawnRuns.run(e, folder.resolve("run"));
    for (Row row : report.rows()) {
      assertTrue(row.errors() < 90, row.armId() + ": " + row.errors() + " of 300 wrong");
    }
    try (Stream<Path> kept = Files.list(folder.resolve("run/checkpoints"))) {
      assertEquals(1, kept.filter(f -> f.getFileName().toString().startsWith("outputs-")).count());
    }
  }

  @Test
  void aRunThatIsStoppedAndResumedHasTheSameBits() throws Exception {
    Experiment e = experiment(TEXT, "100+50", 2);
    RunReport whole = DrawnRuns.run(e, folder.resolve("whole"));
    Path out = folder.resolve("parts");
    for (int stop : new int[] {10, 13, 9, 11}) {
      DrawnRuns.stopAfter(stop, e, out);
    }
    RunReport resumed = DrawnRuns.run(e, out);
    List<String> bits = DrawnRuns.bits(whole);
    assertEquals(bits, DrawnRuns.bits(resumed));
    assertEquals(5, bits.stream().distinct().count());
  }

  private static String refusal(String from, String to) {
    String changed = TEXT.replace(from, to);
    assertNotEquals(TEXT, changed);
    return assertThrows(RecipeException.class, () -> experiment(changed, "60+20", 1).check())
        .getMessage();
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTraining() {
    assertEquals(
        "distilled-minilm, mini lm: mini-lm: distilled-minilm cuts texts into other tokens than"
            + " teacher; steps are compared one by one: take networks with one vocabulary and one"
            + " longest text",
        refusal("network = \"bert:2-16-2\"", "network = \"bert:2-16-2\"\ninputs = \"pieces:90\""));
    assertEquals(
        "distilled-patient: starts from layers of teacher: bert:2-32-2: shall start from layers [0,"
            + " 4], but there is no model.bert.encoder.layers.4.self_attn.query.weight",
        refusal("[0, 1]", "[0, 4]"));
    assertTrue(
        refusal("[0, 1]", "[0]").endsWith("bert:2-32-2: has 2 layers, and shall start from [0]"));
    assertTrue(
        refusal("network = \"bert:2-16-2\"", "network = \"bert:2-16-4\"")
            .contains("attention of distilled-minilm has 4 heads, that of teacher 2"));
    assertTrue(
        refusal("like = \"student\"\nstart", "network = \"bag:8\"\nstart")
            .contains("only transformers can start from some of another network's layers"));
  }
}

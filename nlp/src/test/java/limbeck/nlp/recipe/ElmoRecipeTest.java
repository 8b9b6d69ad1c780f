package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.WeightHash;
import limbeck.kd.ModelFile;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import limbeck.nlp.elmo.ElmoModels;
import limbeck.nlp.elmo.FrozenElmo;
import limbeck.nlp.model.TextPredictors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose student reads a language model's layers, and is taught as any other. */
class ElmoRecipeTest {
  private static final String RECIPE =
      """
      name = "layers"
      summary = "A bag of words reads a language model."

      [data]
      format = "generated-sentiment:200+80"

      [defaults]
      optimizer = "adam"
      rate = 0.003
      schedule = "linear"
      batch = 16
      epochs = 2
      clip = 1

      [networks.teacher]
      network = "bilstm:8-8"

      [networks.student]
      network = "bag:8"
      inputs = "elmo:%s+words:6"

      [networks.student-words]
      network = "bag:8"
      inputs = "words:6"

      [networks.distilled]
      like = "student"
      terms = [{ method = "LogitMatching", teacher = "teacher" }]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"
      claim = "A teacher helps"
      """;

  @TempDir Path folder;

  @Test
  void parametersAreStatedWithAndWithoutTheLanguageModel() throws Exception {
    Path model = ElmoModels.folder(folder, true, 3);
    String text = RECIPE.replace("%s", model.toString());
    Path out = folder.resolve("out");
    RunReport report = DrawnRuns.run(DrawnRuns.experiment(text, 1), out);
    FrozenElmo elmo = FrozenElmo.read(model);
    long frozen = elmo.weights().values().stream().mapToLong(t -> t.size()).sum();
    for (Row row : report.rows()) {
      boolean reads = List.of("student", "distilled").contains(row.arm());
      assertEquals(reads ? Map.of("frozenParameters", (double) frozen) : Map.of(), row.more());
    }
    double alone = report.rowsOf("student-words").get(0).latencyMs();
    double layers = report.rowsOf("student").get(0).latencyMs();
    assertTrue(layers > alone, "each has a measurement of speed of its own");
    assertEquals(layers, report.rowsOf("distilled").get(0).latencyMs());
    assertTrue(TextReport.of(report).contains("…that are trained"));
    ModelFile file = ModelFile.load(out.resolve("models/distilled-seed1.safetensors"));
    elmo.weights()
        .forEach(
            (path, t) ->
                assertEquals(
                    WeightHash.of(Map.of("", t)),
                    WeightHash.of(Map.of("", file.weights().get("elmo.encoder." + path))),
                    path));
    assertEquals(2, new TextPredictors().of(file).logits("the film is not bad").length);
  }
}

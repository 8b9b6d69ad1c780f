package limbeck.nlp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.generated.GeneratedTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on scores, as it is typed. */
class ScoreCommandsTest {
  @TempDir static Path folder;
  private static Typed command;
  private static Path model;
  private static String ran;

  @BeforeAll
  static void train() throws Exception {
    command = new Typed(folder);
    ran =
        command.done(
            "run stsb-bilstm --seeds 1 --out run --set data.format=generated-similarity:300+100"
                + " teacher.network=bert:1-16-2 student.network=bag:8 defaults.epochs=1");
    model = folder.resolve("run/models/distilled-seed1.safetensors");
  }

  @Test
  void aRunSpeaksOfCorrelation() {
    assertTrue(ran.contains("test Pearson correlation"), ran);
    assertFalse(ran.contains(" errors"), ran);
  }

  /** What eval says is what the run said; and of a file of the benchmark's form as well. */
  @Test
  void evalTellsCorrelationAndError() throws Exception {
    Map<?, ?> drawn =
        (Map<?, ?>)
            Json.parse(
                command.done(
                    "eval --json --format generated-similarity:300+100", model.toString()));
    Map<?, ?> report = (Map<?, ?>) Json.read(folder.resolve("run/report.json"));
    Map<?, ?> row =
        ((List<?>) report.get("rows"))
            .stream()
                .map(r -> (Map<?, ?>) r)
                .filter(r -> "distilled".equals(r.get("arm")))
                .findFirst()
                .orElseThrow();
    for (String figure : List.of("pearson", "spearman", "rmse")) {
      assertEquals(row.get(figure), drawn.get(figure), figure);
    }
    TextDataset test = GeneratedTask.SIMILARITY.draw("test", 2, 100);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < test.size(); i++) {
      String texts = test.text(i).first() + "\t" + test.text(i).second();
      rows.append("g\tf\t2012\t" + i + "\t" + test.score(i) + "\t" + texts + "\n");
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("test.tsv"), rows);
    String read = command.done("eval --format stsb --data data", model.toString());
    assertTrue(
        read.matches("Pearson -?\\d+\\.\\d\\d \\[.*], Spearman .*over 100 examples\n"), read);
    command.refused(
        1,
        "says scores of texts; generated-paraphrase-test does not",
        "eval --format generated-paraphrase",
        model.toString());
  }

  /** Two sentences that stand beside each other are asked about together. */
  @Test
  void predictSaysAScore() throws Exception {
    String said =
        command.done("predict", model.toString(), "the boy paid the boss .", "the lad paid .");
    assertTrue(
        said.matches("the boy paid the boss \\. \\| the lad paid \\.: -?\\d+\\.\\d\\d\n"), said);
    String json = command.done("predict --json", model.toString(), "the boy paid | the lad paid");
    Map<?, ?> one = (Map<?, ?>) ((List<?>) Json.parse(json)).get(0);
    assertTrue(one.get("score") instanceof Double, json);
    command.refused(1, "asked about two sentences", "predict", model.toString(), "the boy paid");
  }
}

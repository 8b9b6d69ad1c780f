package limbeck.nlp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import limbeck.engine.io.Json;
import limbeck.nlp.ForkedJvm;
import limbeck.nlp.data.TextDataset;
import limbeck.nlp.data.generated.GeneratedTask;
import limbeck.nlp.pretrain.Corpora;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on texts, as it is typed. */
class TextCommandsTest {
  @TempDir static Path folder;
  private static Typed command;
  private static Path model;
  private static String demo;

  @BeforeAll
  static void train() throws Exception {
    command = new Typed(folder);
    demo =
        command.done(
            "demo text --seeds 1 --out demo --set data.format=generated-sentiment:400+100"
                + " teacher.epochs=1 student.epochs=1 distilled.epochs=1 distilled-more.epochs=1");
    model = folder.resolve("demo/models/distilled-seed1.safetensors");
  }

  @Test
  void demoTellsAndSaves() {
    assertTrue(Files.isRegularFile(model));
    assertTrue(demo.contains("A teacher helps the small CNN"), demo);
    assertTrue(demo.contains("Ask it:  limbeck predict demo/models/distilled-seed1"), demo);
  }

  /** Each sentence gets one of the classes, and the probabilities of both add up to 1. */
  @Test
  void predictReadsSentences() throws Exception {
    String said = command.done("predict", model.toString(), "i loved the plot", "the end was dull");
    assertTrue(said.matches("(?s)i loved the plot: \\w+ .*\nthe end was dull: \\w+ .*\n"), said);
    String json = command.done("predict --json", model.toString(), "i loved the plot");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) Json.parse(json)).get(0);
    assertEquals("i loved the plot", first.get("file"));
    assertTrue(said.contains("i loved the plot: " + first.get("class")), said);
    double p = ((Number) first.get("probability")).doubleValue();
    assertTrue(p >= 0.5 && p <= 1, "" + p);
  }

  /** What eval says of the test set is what the run said, and a file of the same texts as well. */
  @Test
  void evalMeasuresTexts() throws Exception {
    String drawn =
        command.done("eval --json --format generated-sentiment:400+100", model.toString());
    Map<?, ?> report = (Map<?, ?>) Json.parse(drawn);
    TextDataset test = GeneratedTask.SENTIMENT.draw("test", 2, 100);
    StringBuilder rows = new StringBuilder("sentence\tlabel\n");
    for (int i = 0; i < test.size(); i++) {
      rows.append(test.text(i).first()).append('\t').append(test.label(i)).append('\n');
    }
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("test.tsv"), rows, StandardCharsets.UTF_8);
    String read = command.done("eval --json --format sst2 --data data", model.toString());
    Map<?, ?> same = (Map<?, ?>) Json.parse(read);
    assertEquals(100L, report.get("examples"));
    assertEquals(report.get("errors"), same.get("errors"));
    assertEquals(report.get("nll"), same.get("nll"));
    command.refused(1, "add --format WORD", "eval --data data", model.toString());
    command.refused(2, "'--data=DIR'", "eval", model.toString());
    command.refused(
        1, "no data format \"sst3\"", "eval --data data --format sst3", model.toString());
  }

  private static final String PRETRAIN =
      "pretrain text.txt --vocab-size 200 --layers 1 --width 32 --heads 2 --steps 32 --batch 8"
          + " --accumulate 1 --epochs ";

  /** Stopped by SIGTERM, the same command goes on to the same weights. */
  @Test
  void pretrainingIsStoppedAndGoesOn() throws Exception {
    Corpora.text(folder, 2_000);
    command.done(PRETRAIN + "2 --out whole");
    ForkedJvm jvm = command.start(PRETRAIN + "2 --out parts");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (jvm.alive() && !jvm.err().contains("step 0: held-out loss")) {
      assertTrue(System.nanoTime() < end, () -> "never began: " + jvm.err());
      Thread.sleep(5);
    }
    jvm.terminate();
    assertEquals(143, jvm.await(), jvm::err);
    assertTrue(jvm.err().contains("limbeck: stopped and saved"), jvm.err());
    assertEquals(false, record("parts").get("done"));
    ForkedJvm again = command.start(PRETRAIN + "2 --out parts");
    assertEquals(0, again.await(), again::err);
    assertTrue(again.err().contains("resuming at step "), again.err());
    assertEquals(record("whole").get("weights"), record("parts").get("weights"));
    assertEquals(record("whole").get("curve"), record("parts").get("curve"));
    command.refused(1, "holds another pretraining", PRETRAIN + "5 --out parts");
    command.refused(2, "of which model? --from names it", PRETRAIN + "1 --out x --layers-from 0,1");
    assertFalse(Files.exists(folder.resolve("x")));
  }

  private static Map<?, ?> record(String out) throws Exception {
    return (Map<?, ?>) Json.read(folder.resolve(out).resolve("pretraining.json"));
  }
}

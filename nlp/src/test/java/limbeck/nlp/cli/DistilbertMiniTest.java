package limbeck.nlp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import limbeck.engine.io.Json;
import limbeck.nlp.ForkedJvm;
import limbeck.nlp.pretrain.Corpora;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DistilBERT in small as it is typed: pretrained, taught in pretraining, fine-tuned. */
class DistilbertMiniTest {
  private static final String SIZES = " --width 32 --heads 2 --steps 32 --batch 8 --epochs ";

  /** Four square matrices, a network of four times the width, two norms; width 32. */
  private static final long LAYER =
      4 * (32 * 32 + 32) + (32 * 128 + 128) + (128 * 32 + 32) + 2 * 2 * 32;

  @TempDir Path folder;

  @Test
  void halfOfTheLayersGoFromTextToReport() throws Exception {
    Corpora.text(folder, 1_500);
    Typed command = new Typed(folder);
    ForkedJvm whole =
        command.start("pretrain text.txt --out whole --vocab-size 200 --layers 4" + SIZES + 2);
    assertEquals(0, whole.await(), whole::err);
    assertTrue(whole.err().contains("4 layers with random weights learn late"), whole.err());
    command.done(
        "pretrain text.txt --out half --vocab whole/vocab.txt --layers 2 --teacher whole"
            + " --layers-of-teacher 0,2"
            + SIZES
            + 2);
    command.done(
        "run distilbert-mini --seeds 1 --out run --set data.format=generated-sentiment:300+100"
            + " defaults.rate=0.001 teacher.network=pretrained:whole"
            + " student.network=untrained:half distilled-copied.network=pretrained:whole#0,2"
            + " distilled.network=pretrained:half");
    Map<?, ?> report = (Map<?, ?>) Json.read(folder.resolve("run/report.json"));
    Map<String, Map<?, ?>> rows =
        ((List<?>) report.get("rows"))
            .stream()
                .map(row -> (Map<?, ?>) row)
                .collect(Collectors.toMap(row -> row.get("arm").toString(), row -> row));
    long parameters = (long) rows.get("teacher").get("parameters");
    for (String half : List.of("student", "distilled-copied", "distilled")) {
      assertEquals(parameters - 2 * LAYER, rows.get(half).get("parameters"), half);
    }
    assertEquals(4, rows.values().stream().map(row -> row.get("weightsSha256")).distinct().count());
    assertTrue(Files.isRegularFile(folder.resolve("run/models/distilled-seed1.safetensors")));
  }
}

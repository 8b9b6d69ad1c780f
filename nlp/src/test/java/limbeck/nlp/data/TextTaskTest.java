package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import limbeck.kd.data.Dataset;
import limbeck.kd.data.LoadProgress;
import limbeck.kd.data.NamedFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks find their files by name, also through the search for formats of all modules. */
class TextTaskTest {
  @TempDir Path folder;

  @Test
  void partsAreFoundByTheirNames() throws Exception {
    Files.writeString(folder.resolve("train.tsv"), "sentence\tlabel\ngood\t1\nbad\t0\n");
    Files.writeString(folder.resolve("dev.tsv"), "sentence\tlabel\nfine\t1\n");
    Dataset train = NamedFormats.open(folder, "train", "sst2", LoadProgress.NONE);
    assertEquals("sst2-train", train.name());
    assertEquals(List.of("negative", "positive"), train.classNames());
    assertEquals(2, train.size());
    Dataset test = NamedFormats.open(folder, "test", "sst2", LoadProgress.NONE);
    assertEquals("fine", ((TextDataset) test).text(0).first());
  }

  /** Of question pairs the training part may not be there: then the other one is trained on. */
  @Test
  void anotherPartStandsInForTheTrainingPart() throws Exception {
    Files.writeString(folder.resolve("dev.tsv"), "a ?\tb ?\t1\n");
    assertEquals(1, TextTask.QUORA.open(folder, "train").size());
    assertTrue(TextTask.QUORA.open(folder, "train").pairs());
  }

  /** Of the STS benchmark there are scores, and columns behind the texts that mean nothing. */
  @Test
  void scoresAreRead() throws Exception {
    Files.writeString(
        folder.resolve("train.tsv"),
        "news\tf\t2012\t1\t3.800\ta b\tc d\tmore\nx\ty\t1\t2\t0\te\tf\n");
    Dataset train = NamedFormats.open(folder, "train", "stsb", LoadProgress.NONE);
    assertTrue(train.scored());
    assertArrayEquals(new double[] {3.8, 0}, train.scores());
    assertEquals("a b | c d", train.asText(0));
    Files.writeString(folder.resolve("test.tsv"), "news\tf\t2012\t1\tnan\ta b\tc d\n");
    FormatException e =
        assertThrows(FormatException.class, () -> TextTask.STSB.open(folder, "test"));
    assertTrue(
        e.getMessage().contains("test.tsv:1: score \"nan\" is no finite number"), e.getMessage());
  }

  @Test
  void missingFilesAreNamed() {
    FormatException e =
        assertThrows(FormatException.class, () -> TextTask.SST2.open(folder, "test"));
    assertTrue(e.getMessage().contains("holds no dev or test of sst2: looked for"), e.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> TextTask.of("sst3"))
            .getMessage()
            .contains("no task \"sst3\"; there are sst2, mrpc"));
  }
}

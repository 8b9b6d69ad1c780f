package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.tsv"), text);
  }

  @Test
  void singleTextsAndPairsAreRead() throws IOException {
    Path single = file("sentence\tlabel\ngood\t1\nbad\t0\n");
    assertEquals(
        List.of(new TextExample("good", null, 1), new TextExample("bad", null, 0)),
        TextFormat.SST2.read(single));
    Path pair = file("Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n1\t7\t8\ta\tb\n");
    List<TextExample> pairs = TextFormat.MRPC.read(pair);
    assertEquals(List.of(new TextExample("a", "b", 1)), pairs);
    assertTrue(pairs.get(0).pair());
    assertFalse(TextFormat.SST2.read(file("sentence\tlabel\nx\t1\n")).get(0).pair());
  }

  @Test
  void scoresAreNumbersAndFurtherColumnsAreLetBe() throws IOException {
    Path file = file("g\tf\ty\t1\t4.75\ta\tb\tmore\n");
    assertEquals(List.of(new TextExample("a", "b", 4.75)), TextFormat.STSB.read(file));
  }

  private void refused(TextFormat format, String text, String expected) throws IOException {
    Path file = file(text);
    String message = assertThrows(FormatException.class, () -> format.read(file)).getMessage();
    assertEquals(file + expected, message);
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    refused(
        TextFormat.SST2,
        "sentense\tlabel\nx\t1\n",
        ":1: there is no column \"sentence\"; did you mean \"sentense\"?; there are sentense,"
            + " label");
    refused(TextFormat.SST2, "sentence\tlabel\nx\t2\n", ":2: label \"2\" is none of 0, 1");
    refused(TextFormat.SST2, "sentence\tlabel\nx\n", ":2: 1 columns, 2 at least expected");
    refused(TextFormat.SST2, "sentence\tlabel\n", ": there is no row");
    refused(TextFormat.STSB, "\t\t\t\tNaN\ta\tb\n", ":1: score \"NaN\" is no finite number");
    refused(TextFormat.STSB, "\t\t\t\thigh\ta\tb\n", ":1: score \"high\" is no finite number");
  }

  /** The finer label is left out; what stands behind the first space is the question. */
  @Test
  void labelledLinesAreRead() throws IOException {
    Path file = folder.resolve("questions.txt");
    Files.writeString(file, "NUM:date When did it start ?\nHUM Who : him ?\n");
    assertEquals(
        List.of(
            new TextExample("When did it start ?", null, 5),
            new TextExample("Who : him ?", null, 3)),
        TextFormat.TREC.read(file));
    Files.writeString(file, "NUM:date When ?\nHUM:ind\n");
    assertEquals(
        file + ":2: a label, a space and a text expected",
        assertThrows(FormatException.class, () -> TextFormat.TREC.read(file)).getMessage());
    Files.writeString(file, "NUMBER:date When ?\n");
    assertEquals(
        file + ":1: label \"NUMBER\" is none of ABBR, DESC, ENTY, HUM, LOC, NUM",
        assertThrows(FormatException.class, () -> TextFormat.TREC.read(file)).getMessage());
  }

  @Test
  void sentencesOfTaggedWordsAreRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("c.txt"), "-DOCSTART- -X- O\n\nHe PRP B-NP\nran\tVBD B-VP\n\n\nNo DT O");
    assertEquals(
        List.of(
            new TaggedSentence(List.of("He", "ran"), List.of("PRP", "VBD")),
            new TaggedSentence(List.of("No"), List.of("DT"))),
        TaggedSentence.read(file, 0, 1));
    String message =
        assertThrows(FormatException.class, () -> TaggedSentence.read(file, 0, 3)).getMessage();
    assertEquals(file + ":3: 3 columns, 4 at least expected", message);
    Path empty = Files.writeString(folder.resolve("e.txt"), "\n\n");
    assertThrows(FormatException.class, () -> TaggedSentence.read(empty, 0, 1));
  }

  private static Path data(String file) {
    String data = System.getProperty("LIMBECK_DATA", System.getenv("LIMBECK_DATA"));
    assumeTrue(data != null, "skipped: LIMBECK_DATA names no folder with " + file);
    Path path = Path.of(data, file);
    assumeTrue(Files.exists(path), "skipped: no " + path);
    return path;
  }

  /** Rows and classes of the published sets. */
  @ParameterizedTest
  @CsvSource({
    "sst2/dev.tsv.gz, 0, 872, 444",
    "mrpc/val.tsv.gz, 1, 500, 346",
    "rte/dev.tsv.gz, 2, 277, 131",
    "quora/dev.tsv.gz, 3, 10000, 5000",
    "snli/dev.tsv.gz, 4, 9842, 3235",
    "sick/dev.tsv.gz, 5, 500, 282",
    "agnews/test.tsv.gz, 6, 7600, 1900",
    "trec/train.txt.gz, 7, 5452, 1162",
    "trec/test.txt.gz, 7, 500, 138"
  })
  void publishedSetsHaveTheirPublishedCounts(String file, int which, int rows, int ones)
      throws IOException {
    TextFormat format =
        List.of(
                TextFormat.SST2,
                TextFormat.MRPC,
                TextFormat.RTE,
                TextFormat.QUORA,
                TextFormat.SNLI,
                TextFormat.SICK,
                TextFormat.AGNEWS,
                TextFormat.TREC)
            .get(which);
    List<TextExample> examples = format.read(data(file));
    assertEquals(rows, examples.size());
    assertEquals(ones, examples.stream().filter(e -> e.label() == 1).count());
  }

  @Test
  void theBenchmarkOfSimilarityHasItsPublishedMean() throws IOException {
    List<TextExample> examples = TextFormat.STSB.read(data("stsb/dev.tsv.gz"));
    assertEquals(1500, examples.size());
    assertEquals(
        2.364, examples.stream().mapToDouble(TextExample::target).average().orElse(0), 5e-4);
  }
}

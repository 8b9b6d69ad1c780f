package limbeck.nlp.hostile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.hostile.EngineReaders;
import limbeck.engine.hostile.Refusals;
import limbeck.nlp.data.LineReader;
import limbeck.nlp.data.TaggedSentence;
import limbeck.nlp.data.TextFormat;
import limbeck.nlp.elmo.ElmoFiles;
import limbeck.nlp.text.TokenizerFile;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordVectors;

/** Small files of which much would come, in a small heap. */
public final class GreedyFiles {
  private final Path folder;

  private GreedyFiles(Path folder) {
    this.folder = folder;
  }

  /** Gives them to the readers, which must refuse them all. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("greedy");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> EngineReaders.remove(folder)));
    new GreedyFiles(folder).all();
    System.out.println("all refused");
  }

  private void all() throws IOException {
    String long1000 = "x".repeat(1000);
    Path line = zipped("line", 40_000, i -> long1000);
    Refusals.refused("a line without an end", "a line of more than", () -> read(line));
    Path quoted = zipped("a.csv", 40_000, i -> (i == 0 ? "\"" : "") + long1000 + "\n");
    Refusals.refused(
        "a field without an end", "a field of more", () -> TextFormat.QUORA.read(quoted));
    Path rows = zipped("a.tsv", 1_000_000, i -> i == 0 ? "sentence\tlabel\n" : "it\t1\n");
    Refusals.refused("a million rows", "half of the heap", () -> TextFormat.SST2.read(rows));
    Path tags = zipped("tags", 1_000_000, i -> "it O\n");
    Refusals.refused("a million words", "half of the heap", () -> TaggedSentence.read(tags, 0, 1));
    Path bomb = zipped("bomb", 300_000, i -> long1000.substring(1) + "\n");
    Refusals.refused("a zipped file", "256 MiB", () -> read(bomb));
    Path vocab = folder.resolve("vocab");
    try (OutputStream out = Files.newOutputStream(vocab)) {
      write(out, 1_000_000, i -> i + "\n");
    }
    Refusals.refused("a million tokens", "half of the heap", () -> Vocab.read(vocab));
    Path wide = zipped("wide", 9_999, i -> i == 0 ? "it" : " 1");
    Vocab few = Vocab.of(java.util.stream.IntStream.range(0, 5_000).mapToObj(i -> "" + i).toList());
    Refusals.refused("wide vectors", "half of the heap", () -> WordVectors.read(wide, few));
    Path json = Files.createDirectories(folder.resolve("json"));
    Files.writeString(json.resolve("tokenizer.json"), "[".repeat(100_000));
    Refusals.refused("deep brackets", "nested deeper", () -> TokenizerFile.read(json, true));
    String config =
        "{\"model_type\":\"limbeck-elmo\",\"characters\":false,\"vocabulary\":65536,"
            + "\"width\":65536,\"hidden\":65536,\"layers\":64,\"clip\":3,\"dropout\":0,"
            + "\"letters\":8,\"letterWidth\":4,\"filters\":[4],\"highways\":1}";
    Files.writeString(folder.resolve("config.json"), config);
    Refusals.refused("a vast network", "half of the heap", () -> ElmoFiles.load(folder));
  }

  private static void read(Path file) throws IOException {
    try (LineReader lines = new LineReader(file)) {
      while (lines.next() != null) {
        lines.number();
      }
    }
  }

  private Path zipped(String name, int times, IntFunction<String> part) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      write(out, times, part);
    }
    return file;
  }

  private static void write(OutputStream out, int times, IntFunction<String> part)
      throws IOException {
    for (int i = 0; i < times; i++) {
      out.write(part.apply(i).getBytes(StandardCharsets.UTF_8));
    }
  }
}

package limbeck.nlp.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import limbeck.nlp.ForkedJvm;
import limbeck.nlp.text.BertNormalizer;
import limbeck.nlp.text.SequenceFrame;
import limbeck.nlp.text.Vocab;
import limbeck.nlp.text.WordPiece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are cut as they are read: a corpus may be larger than memory. */
class LargeCorpusTest {
  private static final int HEAP = 16; // megabytes
  private static final int LINES = 90_000;
  private static final int WORDS = 100; // of a line, each a token of two bytes
  private static final int STEPS = 128;

  private static Vocab vocab() {
    return Vocab.of(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b"));
  }

  /** Cuts a text, in a JVM that has no room for its tokens. */
  static final class Cutter {
    private Cutter() {}

    public static void main(String[] args) throws IOException {
      TokenBlocks.write(
          Path.of(args[1]),
          List.of(args[0]),
          new WordPiece(vocab(), BertNormalizer.UNCASED),
          SequenceFrame.bert(vocab()),
          0,
          STEPS,
          (source, share) -> {});
      System.out.println(Runtime.getRuntime().maxMemory());
    }
  }

  @Test
  void tokensNeedNoRoomInMemory(@TempDir Path folder) throws Exception {
    Path text = folder.resolve("text.txt.gz");
    String line = "a b ".repeat(WORDS / 2) + "\n";
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(text)), StandardCharsets.UTF_8))) {
      for (int i = 0; i < LINES; i++) {
        out.write(line);
      }
    }
    Path file = folder.resolve("blocks");
    List<String> flags = List.of("-Xmx" + HEAP + "m", "-XX:+UseSerialGC");
    ForkedJvm jvm =
        ForkedJvm.start(folder, flags, Cutter.class.getName(), text.toString(), file.toString());
    assertEquals(0, jvm.await(), jvm::err);
    long memory = Long.parseLong(jvm.out().trim());
    assertTrue(memory < Files.size(file), memory + " bytes of heap, " + Files.size(file));
    try (TokenBlocks blocks = TokenBlocks.open(file)) {
      int room = STEPS - 2;
      assertEquals(((long) LINES * WORDS + room - 1) / room, blocks.size());
      int[] last = new int[STEPS];
      blocks.read(blocks.size() - 2, last, 0);
      assertEquals(List.of(2, 5, 6), List.of(last[0], last[1], last[2]));
    }
  }
}

package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerTest {
  private static Vocab vocab(int size, long least, String... words) {
    WordCounts counts = new WordCounts();
    for (String word : words) {
      counts.add(word);
    }
    return WordTokenizer.vocab(counts, size, least);
  }

  @Test
  void frequentWordsComeFirstAndEquallyFrequentOnesByTheirText() {
    Vocab vocab = vocab(100, 1, "b", "c", "a", "c", "<unk>");
    assertEquals(List.of("<pad>", "<unk>", "<mask>", "c", "a", "b"), vocab.tokens());
    assertEquals(4, vocab(4, 1, "b", "c", "a", "c").size());
    assertEquals(List.of("c"), vocab(9, 2, "b", "c", "a", "c").tokens().subList(3, 4));
    assertThrows(IllegalArgumentException.class, () -> vocab(2, 1, "a"));
  }

  @Test
  void wordsAreLookedUpNormalised() {
    WordTokenizer tokenizer =
        new WordTokenizer(vocab(100, 1, "a", "good", "film", "!"), BertNormalizer.UNCASED);
    int[] ids = tokenizer.encode("A GOOD movie!");
    assertEquals("a good <unk> !", tokenizer.decode(ids));
    assertArrayEquals(new int[0], tokenizer.encode(" "));
  }

  @TempDir Path folder;

  private WordVectors read(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("v.txt"), text);
    return WordVectors.read(file, vocab(100, 1, "a", "b"));
  }

  @Test
  void vectorsOfKnownWordsAreRead() throws Exception {
    for (String head : List.of("", "3 2\n")) {
      WordVectors v = read(head + "b 1 -2.5\nz 9 9\nb 7 7\n");
      assertEquals(1, v.count());
      assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, -2.5f}, v.vectors().own().floats());
    }
  }

  @Test
  void damagedVectorsAreRefusedNamingTheLine() {
    for (String text :
        List.of("a 1 2\nb 1\n", "a 1 2\nb 1 x\n", "a 1 2\nb 1 NaN\n", "a 1 2\nb 1 2 3\n")) {
      String message = assertThrows(FormatException.class, () -> read(text)).getMessage();
      assertEquals(
          folder.resolve("v.txt") + ":2: ", message.substring(0, message.indexOf(": ") + 2));
    }
    assertThrows(FormatException.class, () -> read(""));
    assertThrows(FormatException.class, () -> read("a\n"));
  }
}

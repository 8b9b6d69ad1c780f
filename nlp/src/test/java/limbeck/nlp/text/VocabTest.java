package limbeck.nlp.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabTest {
  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.write(folder.resolve("vocab.txt"), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesAreNumberedFromZero() throws Exception {
    for (String text : List.of("a\n##b\nç\n", "a\n##b\nç", "a\r\n##b\r\nç\r\n")) {
      Vocab vocab = Vocab.read(file(text));
      assertEquals(List.of("a", "##b", "ç"), vocab.tokens());
      assertEquals(2, vocab.id("ç"));
      assertEquals("##b", vocab.token(1));
      assertEquals(-1, vocab.id("b"));
    }
  }

  private void refused(String text, String expected) throws Exception {
    Path file = file(text);
    String message = assertThrows(FormatException.class, () -> Vocab.read(file)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void badFilesAreRefusedNamingTheLine() throws Exception {
    refused("a\n\nb\n", "vocab.txt:2: a token of 1 to 1000 characters expected, found 0");
    refused("a\nb\na\n", "vocab.txt:3: \"a\" is there already, at line 1");
    refused("", "1 to 10000000 tokens expected, there are 0");
    refused("a\n" + "b".repeat(1001), "vocab.txt:2: a token of 1 to 1000");
    Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xe9, '\n'});
    String message = assertThrows(FormatException.class, () -> Vocab.read(file)).getMessage();
    assertTrue(message.contains("must be UTF-8"), message);
  }

  @Test
  void aTokenThatMustBeThereIsNamed() {
    Vocab vocab = Vocab.of(List.of("a"));
    assertEquals(0, vocab.require("a"));
    assertEquals(
        "vocabulary of 1 tokens: there is no \"b\"",
        assertThrows(IllegalArgumentException.class, () -> vocab.require("b")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Vocab.of(List.of("a", "a")));
  }
}

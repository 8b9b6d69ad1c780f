package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import limbeck.engine.io.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir Path folder;

  @Test
  void linesOfAFileAndRowsOfAColumn() throws Exception {
    Path text = Files.writeString(folder.resolve("a.txt"), "one\n\ntwo\n");
    try (TextLines lines = TextLines.open(text.toString())) {
      assertEquals("one", lines.next());
      assertEquals("", lines.next());
      assertEquals("two", lines.next());
      assertEquals(3, lines.number());
      assertNull(lines.next());
    }
    Path table = Files.writeString(folder.resolve("t.tsv"), "sentence\tlabel\nx\t1\ny\t0\n");
    try (TextLines lines = TextLines.open(table + ":sentence")) {
      assertEquals("x", lines.next());
      assertEquals("y", lines.next());
      assertNull(lines.next());
    }
    try (TextLines lines = TextLines.open(table + ":1")) {
      assertEquals("label", lines.next()); // by number the first row is one as all others
    }
    assertEquals(table, TextLines.file(table + ":sentence"));
  }

  @Test
  void anUnknownColumnIsNamedWithTheNearest() throws Exception {
    Path table = Files.writeString(folder.resolve("t.tsv"), "sentence\tlabel\nx\t1\n");
    FormatException e =
        assertThrows(FormatException.class, () -> TextLines.open(table + ":sentense"));
    assertTrue(e.getMessage().contains("did you mean \"sentence\"?"), e.getMessage());
  }
}

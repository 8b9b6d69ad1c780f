package limbeck.nlp.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import limbeck.engine.io.FormatException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve(name);
    if (!name.endsWith(".gz")) {
      return Files.write(file, bytes);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    return file;
  }

  private static List<List<String>> rows(Path file, boolean header) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (RowReader reader = RowReader.open(file, header)) {
      rows.add(reader.columns());
      for (List<String> row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void tabsPartFieldsAndQuotationMarksDoNot() throws IOException {
    List<List<String>> expected =
        List.of(List.of("a", "b"), List.of("x \"y", "1"), List.of("", "2"), List.of("z", ""));
    String text = "a\tb\r\nx \"y\t1\n\t2\nz\t";
    assertEquals(expected, rows(file("t.tsv", text), true));
    assertEquals(expected, rows(file("t.TSV.gz", "\ufeff" + text + "\n"), true));
    assertEquals(List.of(List.of(), List.of("a", "b")), rows(file("h.txt", "a\tb\n"), false));
  }

  @Test
  void commasPartFieldsOutsideOfQuotationMarks() throws IOException {
    Path file = file("t.csv", "a,b\n\"x, \"\"y\"\"\",1\n\"two\nlines\n\",2\n,\n\"\",\"\"\n");
    assertEquals(
        List.of(
            List.of("a", "b"),
            List.of("x, \"y\"", "1"),
            List.of("two\nlines\n", "2"),
            List.of("", ""),
            List.of("", "")),
        rows(file, true));
  }

  @Test
  void keysOfTheFirstObjectAreTheColumns() throws IOException {
    Path file = file("t.jsonl", "{\"s\": \"a\\n\", \"n\": 1.5}\n\n{\"n\": true, \"x\": 0}\n");
    assertEquals(
        List.of(List.of("s", "n"), List.of("a\n", "1.5"), List.of("", "true")), rows(file, false));
  }

  private void refused(String name, String text, String expected) throws IOException {
    Path file = file(name, text);
    String message = assertThrows(FormatException.class, () -> rows(file, true)).getMessage();
    assertTrue(message.contains(expected), message);
  }

  @Test
  void damagedRowsAreRefusedNamingTheLine() throws IOException {
    refused(
        "a.csv", "a\n\"x\" y\n", "a.csv:2: a comma expected after a quoted field, found \" y\"");
    refused("b.csv", "a\n1\n\"x\n\n", "b.csv:3: a quotation mark that opens a field");
    refused("a.jsonl", "{\"a\": 1}\n[1]\n", "a.jsonl:2: an object in braces expected");
    refused("b.jsonl", "{\"a\": 1}\n{\"a\": \n", "b.jsonl:2: ");
    refused("a.xml", "", "a table's name ends with .tsv, .txt, .csv or .jsonl");
  }

  @Test
  void whatIsNoUtf8IsRefusedNamingTheLine() throws IOException {
    Path file = folder.resolve("latin.tsv");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xe9, '\n'});
    String message = assertThrows(FormatException.class, () -> rows(file, true)).getMessage();
    assertEquals(file + ":2: not UTF-8; convert the file", message);
  }

  @Test
  void aZippedFileThatIsCutOffIsNoticed() throws IOException {
    Path file = file("cut.tsv.gz", "a\tb\n".repeat(5_000));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
    assertThrows(IOException.class, () -> rows(file, true));
  }

  /** Memory does not grow with a file: its lines are made and forgotten. */
  @Test
  void linesComeOneByOne() throws IOException {
    Path file = file("many.txt.gz", "0123456789\n".repeat(200_000));
    try (LineReader lines = new LineReader(file)) {
      int n = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        assertEquals("0123456789", line);
        assertEquals(++n, lines.number());
      }
      assertEquals(200_000, n);
    }
  }

  /** Written as RFC 4180 says, fields come back. */
  @Property(tries = 200)
  void quotedFieldsComeBack(@ForAll @Size(min = 1, max = 4) List<String> fields)
      throws IOException {
    List<String> plain =
        fields.stream()
            .map(f -> new String(f.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
            .map(f -> f.replace("\r", "").replace("\ufeff", ""))
            .toList();
    String line =
        String.join(",", plain.stream().map(f -> '"' + f.replace("\"", "\"\"") + '"').toList());
    Path file = Files.createTempFile("fields", ".csv");
    try {
      Files.writeString(file, line + "\n");
      assertEquals(List.of(List.of(), plain), rows(file, false));
    } finally {
      Files.delete(file);
    }
  }
}

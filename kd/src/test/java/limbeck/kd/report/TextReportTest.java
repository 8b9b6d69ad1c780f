package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
  @Test
  void smallestReport() {
    assertEquals(SampleText.SMALLEST, TextReport.of(SampleReports.smallest()));
  }

  @Test
  void linesFitAndEndWithoutSpaces() {
    RunReport whole = SampleReports.whole();
    for (String text : List.of(TextReport.of(whole), TextReport.ascii(whole))) {
      text.lines().forEach(l -> assertTrue(l.codePointCount(0, l.length()) <= 100, l));
      text.lines().forEach(l -> assertEquals(l.stripTrailing(), l));
      assertTrue(text.startsWith("SAMPLE DATA"));
      assertTrue(text.contains("bleu"));
    }
  }

  @Test
  void asciiIsAsciiAndKeepsUnitsWithTheirNumbers() {
    String text = TextReport.ascii(SampleReports.whole());
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f));
    assertTrue(text.contains("L = 0.1 * H(y, q) + 0.9 * T^2 * KL(p^T || q^T)"), text);
    assertFalse(text.lines().anyMatch(l -> l.strip().startsWith("% ")), text);
  }

  @Test
  void columnsThatDoNotFitGoBelow() {
    TextPage page = new TextPage(s -> s);
    String wide = "x".repeat(40);
    page.table(List.of(List.of("", "a", "b", "c"), List.of("name", wide, wide, wide)));
    assertEquals(5, page.toString().lines().count());
    assertEquals(2, page.toString().lines().filter(l -> l.startsWith("name")).count());
  }

  @Test
  void writesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.txt");
    TextReport.write(SampleReports.smallest(), file);
    assertEquals(TextReport.of(SampleReports.smallest()), Files.readString(file));
  }
}

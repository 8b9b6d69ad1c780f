package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import limbeck.kd.metric.McNemar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
  @Test
  void smallestReport() throws IOException {
    assertEquals(SampleReports.smallestText(), TextReport.of(SampleReports.smallest()));
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
  void oneSeedNoTeacherAndHostileNames() {
    String command = "./limbeck " + "x".repeat(120);
    Run run = new Run("a\u001b[2J", "One\nline.", "now", 1e18, List.of(7L), 2, command);
    DataSummary data =
        new DataSummary("d\u202e", "", "text", List.of("</script>"), 1, 2, 2000, "held out");
    List<Row> rows =
        List.of(
            Row.of("student", 7).errors(150, 0.925).build(),
            Row.of("distilled", 7).errors(120, 0.94).build());
    VerdictRecord verdict =
        VerdictRecord.of(
            "distilled", "student", "errors", true, null, new McNemar(20, 50, 2000).interval(), 0);
    Environment machine = new Environment("JVM", null, null, "scalar", -1, null, -1, "f00", false);
    RunReport report =
        RunReport.of(
                SampleReports.limbeck(), run, data, SampleReports.recipe(), rows, verdict, machine)
            .build();
    String text = TextReport.of(report);
    assertTrue(text.startsWith("a\ufffd[2J on d\ufffd\n"), text);
    assertTrue(text.chars().noneMatch(c -> c == 0x1b || c == 0x202e), text);
    String counts = "\nOne line. 1 training, 2 validation and 2,000 test examples.\n";
    assertTrue(text.contains(counts), text);
    assertTrue(text.contains("\nOne seed: there is no interval over seeds."), text);
    assertTrue(text.contains("\nTest errors      150        120\n"), text);
    String network = "\ndistilled     7     120   94.00\u202f%    –    –          –";
    assertTrue(text.contains(network), text);
    assertTrue(text.contains("\n\u221230; mean \u221230.0, sd 8.3, interval"), text);
    assertTrue(text.contains("\nkernels      scalar\n"), text);
    assertTrue(text.contains("\nself-check   FAILED\n"), text);
    assertTrue(text.contains("\n" + command + "\n"), text); // in one piece, however long
    assertTrue(text.contains("resumed  two times"), text);
    assertFalse(text.contains("the teacher"), text);
    assertFalse(text.contains("machine"), text);
    assertFalse(text.contains("Latency") || text.contains("medians"), text);
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

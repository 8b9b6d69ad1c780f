package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run as it usually is. */
class HtmlReportTest {
  /** The page of the made-up run; a change that is meant is taken over from target/sample.html. */
  @Test
  void sampleHasTheBytesOfTheGoldenPage() throws IOException {
    String page = HtmlReport.of(Pages.sample());
    Pages.check(page);
    assertEquals(Pages.SECTIONS, Pages.sections(page));
    String drawn = Pages.body(page);
    String golden = Pages.resource("sample.html");
    if (!drawn.equals(golden)) {
      Files.writeString(Path.of("target", "sample.html"), drawn);
      int at = 0;
      while (at < Math.min(drawn.length(), golden.length())
          && drawn.charAt(at) == golden.charAt(at)) {
        at++;
      }
      assertEquals(around(golden, at), around(drawn, at), "see target/sample.html");
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  @Test
  void languageOfTheUserDoesNotMatter() throws IOException {
    String page = HtmlReport.of(Pages.sample());
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("tr", "ar-EG-u-nu-arab", "de", "hi-IN-u-nu-deva")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(page, HtmlReport.of(Pages.sample()), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void smallestReport() throws IOException {
    RunReport report = ReportJson.parse(Pages.resource("../smallest.json"));
    String page = HtmlReport.of(report);
    Pages.check(page);
    assertEquals(List.of("result", "conventions", "reproduce"), Pages.sections(page));
    assertTrue(page.contains("30.0 fewer test errors"));
    assertTrue(page.contains("18.0× smaller than the teacher"), page);
    assertFalse(page.contains("SAMPLE DATA"));
  }

  @Test
  void writesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(Pages.sample(), file);
    assertEquals(HtmlReport.of(Pages.sample()), Files.readString(file));
  }
}

package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.report.RunComparison;
import limbeck.kd.report.RunReport;
import org.junit.jupiter.api.Test;

class HtmlComparisonTest {
  @Test
  void pageHasEveryNetworkAndTheDifferences() throws IOException {
    Map<String, RunReport> runs = new LinkedHashMap<>();
    runs.put("one", Pages.sample());
    runs.put("<two>", Pages.changed(r -> Pages.object(r, "verdict").put("arm", "direct")));
    String page = HtmlComparison.of(RunComparison.of(runs, null));
    Pages.check(page);
    assertEquals(List.of("result", "runs"), Pages.sections(page));
    assertTrue(page.contains(">direct KD, &lt;two&gt;<"), "an arm of the other run");
    assertTrue(page.contains(">&lt;two&gt; \u2212 one<"), "a difference");
    assertTrue(page.contains("SAMPLE DATA"));
  }

  /** A name that would lose its end says less than the arms' labels, if these differ. */
  @Test
  void differencesOfRunsWithLongNamesAreNamedByTheirArms() throws IOException {
    RunReport direct = Pages.changed(r -> Pages.object(r, "verdict").put("arm", "direct"));
    String first = "a-run-with-quite-a-long-name";
    Map<String, RunReport> runs = new LinkedHashMap<>();
    runs.put(first, Pages.sample());
    runs.put("another-run-with-a-long-name", direct);
    String page = HtmlComparison.of(RunComparison.of(runs, null));
    Pages.check(page);
    assertTrue(page.contains(">direct KD \u2212 via assistant<"), "arms");
    runs.put("and-a-third-run-of-long-name", Pages.sample());
    page = HtmlComparison.of(RunComparison.of(runs, null));
    assertTrue(page.contains(">another-run-with-a-lo"), "two arms are named alike");
    assertTrue(page.contains(" in " + first), "a sentence");
  }
}

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
}

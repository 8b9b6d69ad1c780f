package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing in a record becomes markup, or is loaded from elsewhere. */
class HostileRecordTest {
  @Test
  void hostileNames() throws IOException {
    String script = "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)>&'";
    String page = HtmlReport.of(Pages.changed(r -> replaceTexts(r, script)));
    Pages.check(page);
    assertFalse(page.contains("<script>alert"), "not even in the JSON of the slider");
    assertFalse(page.contains("onerror=alert(2)>"));
    assertEquals(
        HtmlReport.of(Pages.sample()).split("<script").length, page.split("<script").length);
  }

  private static void replaceTexts(Map<String, Object> report, String text) {
    Pages.object(report, "data").put("name", text);
    Pages.object(report, "data").put("split", text);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      names.add(text + i);
    }
    Pages.object(report, "data").put("classes", names);
    for (String name : List.of("recipe", "summary", "started", "command")) {
      Pages.object(report, "run").put(name, text);
    }
    Pages.object(report, "limbeck").replaceAll((name, value) -> text);
    Pages.object(report, "environment")
        .replaceAll((name, value) -> value instanceof String ? text : value);
    Pages.object(report, "recipe").put("paper", text);
    Pages.object(Pages.object(report, "recipe"), "conventions").put(text, text);
    for (Map<String, Object> arm : Pages.objects(report, "arms")) {
      List.of("label", "name", "network", "method").forEach(name -> arm.put(name, text));
    }
    Pages.objects(report, "rows").forEach(row -> row.put("weightsSha256", text));
    Pages.objects(report, "pareto").forEach(point -> point.put("label", text));
    Pages.objects(report, "cost").forEach(stage -> stage.put("stage", text));
    for (Map<String, Object> sweep : Pages.objects(report, "sweeps")) {
      List.of("parameter", "label", "name", "split").forEach(key -> sweep.put(key, text));
    }
    Map<String, Object> paths = Pages.object(report, "paths");
    Pages.objects(paths, "considered").forEach(path -> path.put("path", List.of(text, text)));
    Pages.objects(paths, "chain").forEach(hop -> hop.put("method", text));
    Pages.objects(paths, "schedules")
        .forEach(
            schedule -> {
              Pages.objects(schedule, "phases").forEach(phase -> phase.put("label", text));
              Pages.objects(schedule, "series").forEach(series -> series.put("name", text));
            });
  }

  @Test
  void imagesThatAreNoPngInTheRecordAreNotDrawn() throws IOException {
    String page =
        HtmlReport.of(
            Pages.changed(
                r ->
                    Pages.objects(r, "examples")
                        .forEach(x -> x.put("image", "https://example.org/x.png"))));
    Pages.check(page);
    assertFalse(page.contains("example.org"));
  }
}

package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final List<String> ALL =
      List.of(
          "result",
          "values",
          "pareto",
          "dark",
          "confusions",
          "calibration",
          "curves",
          "path",
          "cost",
          "conventions",
          "reproduce");

  /** The page of the made-up run; a change that is meant is taken over from target/sample.html. */
  @Test
  void sampleHasTheBytesOfTheGoldenPage() throws IOException {
    String page = HtmlReport.of(Pages.sample());
    Pages.check(page);
    assertEquals(ALL, Pages.sections(page));
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
  void oneSeed() throws IOException {
    String page = HtmlReport.of(Pages.changed(HtmlReportTest::keepOneSeed));
    Pages.check(page);
    assertTrue(page.contains("one seed, paired over 10,000 test examples"));
    assertTrue(page.contains("One seed says nothing about the next"));
    assertTrue(page.contains("One seed: there is no interval over seeds."));
  }

  private static void keepOneSeed(Map<String, Object> report) {
    Pages.object(report, "run").put("seeds", List.of(1L));
    Pages.objects(report, "rows").removeIf(row -> !row.get("seed").equals(1L));
    Pages.objects(report, "curves").removeIf(row -> !row.get("seed").equals(1L));
    List<Map<String, Object>> comparisons = new ArrayList<>(Pages.objects(report, "comparisons"));
    comparisons.add(Pages.object(report, "verdict"));
    for (Map<String, Object> c : comparisons) {
      c.put("over", "examples");
      c.put("differences", List.of(c.get("mean")));
    }
  }

  @Test
  void longClassNames() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      names.add("automobile" + i);
    }
    String page = HtmlReport.of(Pages.changed(r -> Pages.object(r, "data").put("classes", names)));
    Pages.check(page);
    assertTrue(page.contains("automobile7 and automobile9"));
    assertTrue(page.contains(" class=\"b\" transform=\"rotate(-90 "), "names stand upright");
  }

  @Test
  void hundredClasses() throws IOException {
    String page = HtmlReport.of(Pages.changed(HtmlReportTest::useHundredClasses));
    Pages.check(page);
    assertEquals(ALL, Pages.sections(page));
    assertFalse(page.contains("Confusion matrix"), "beyond 40 classes only the pairs stay");
    assertTrue(page.contains("Confusable pairs"));
    int bars = page.split("<g data-k=").length - 1;
    assertEquals(24 * 10, bars, "ten classes an example");
  }

  private static void useHundredClasses(Map<String, Object> report) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      names.add("class " + i);
    }
    Pages.object(report, "data").put("classes", names);
    for (Map<String, Object> example : Pages.objects(report, "examples")) {
      Map<String, Object> logits = Pages.object(example, "logits");
      logits.replaceAll((role, z) -> longer((List<?>) z));
    }
    List<Long> row = names.stream().map(n -> 1L).toList();
    List<List<Long>> counts = names.stream().map(n -> row).toList();
    Pages.objects(report, "confusion").forEach(c -> c.put("counts", counts));
  }

  private static List<Object> longer(List<?> logits) {
    List<Object> all = new ArrayList<>(logits);
    while (all.size() < 100) {
      all.add(-5.0 - all.size() / 100.0);
    }
    return all;
  }

  @Test
  void manyArms() throws IOException {
    String page = HtmlReport.of(Pages.changed(r -> addArms(r, 4)));
    Pages.check(page);
    assertTrue(page.contains("--arms:9;min-width:594px"));
    assertEquals(9, page.split("aria-label=\"Reliability of ").length - 1);
  }

  private static void addArms(Map<String, Object> report, int more) {
    for (int i = 0; i < more; i++) {
      String id = "further" + i;
      for (String list : List.of("arms", "rows", "curves", "confusion", "calibration")) {
        String key = list.equals("arms") ? "id" : "arm";
        List<Map<String, Object>> all = Pages.objects(report, list);
        for (Map<String, Object> entry : List.copyOf(all)) {
          if (entry.get(key).equals("direct")) {
            Map<String, Object> copy = new LinkedHashMap<>(entry);
            copy.put(key, id);
            copy.computeIfPresent("label", (k, label) -> "−dropout (T)" + id.charAt(7));
            all.add(copy);
          }
        }
      }
    }
  }

  /** Values that have arms of their own: all in one figure, one of them in the others. */
  @Test
  void armsOfOtherValuesAreInTheFigureOfValuesAlone() throws IOException {
    String page = HtmlReport.of(Pages.changed(HtmlReportTest::tryUnits));
    Pages.check(page);
    assertTrue(
        page.contains("aria-label=\"Test errors by units: by units 10: 300, 30: 250; alone "));
    assertTrue(page.contains("aria-label=\"Gain by units: by units 10: +20.0, 30: \u22125.0.\""));
    assertTrue(page.contains("Other sections show the networks of units = 30"));
    assertEquals(4, page.split("aria-label=\"Reliability of ").length - 1);
    assertFalse(page.contains("aria-label=\"Reliability of direct KD"));
    assertTrue(page.contains("direct KD</th>"), "in the table of all networks");
  }

  private static void tryUnits(Map<String, Object> report) {
    Map<String, Object> line = Pages.objects(report, "sweeps").get(0);
    line.remove("chosen");
    line.putAll(Map.of("parameter", "units", "name", "by units", "split", "test"));
    line.put("arm", "distilled");
    Map<String, Object> small = new LinkedHashMap<>(Map.of("value", 10L, "arm", "direct"));
    small.putAll(Map.of("mean", 300L, "low", 290L, "high", 310L));
    small.put("gain", Map.of("baseline", "student", "mean", 20L, "low", 2L, "high", 38L));
    Map<String, Object> main = new LinkedHashMap<>(Map.of("value", 30L, "arm", "distilled"));
    main.put("mean", 250L);
    main.put("gain", Map.of("baseline", "student", "mean", -5L));
    line.put("points", List.of(small, main));
  }

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

  @Test
  void noTeacher() throws IOException {
    String page = HtmlReport.of(Pages.changed(HtmlReportTest::removeTeacher));
    Pages.check(page);
    List<String> left = new ArrayList<>(ALL);
    left.removeAll(List.of("values", "dark", "path"));
    assertEquals(left, Pages.sections(page));
    assertFalse(page.contains("Gap closed"));
    assertFalse(page.contains("than the teacher"));
  }

  private static void removeTeacher(Map<String, Object> report) {
    List<String> kept = List.of("student", "direct", "distilled");
    for (String list : List.of("rows", "curves", "confusion", "calibration", "cost")) {
      Pages.objects(report, list).removeIf(entry -> !kept.contains(entry.get("arm")));
    }
    Pages.objects(report, "arms").removeIf(arm -> !kept.contains(arm.get("id")));
    Pages.objects(report, "comparisons").removeIf(c -> !kept.contains(c.get("baseline")));
    Pages.objects(report, "pareto")
        .removeIf(p -> p.get("role").equals("teacher") || p.get("role").equals("assistant"));
    Pages.objects(report, "examples").forEach(x -> Pages.object(x, "logits").remove("teacher"));
    List.of("temperatureSweep", "pairs", "paths", "sweeps").forEach(report::remove);
  }

  @Test
  void figuresThatAreMissingOrZero() throws IOException {
    String page = HtmlReport.of(Pages.changed(HtmlReportTest::removeFigures));
    Pages.check(page);
    assertTrue(page.contains("validation errors"), "the test set was not read");
    assertTrue(page.contains("moving the temperature"), "bars stand at a usual temperature");
    assertTrue(page.contains("<p class=\"formula\">L = 0.5 · H(y, q) + …</p>"));
    assertFalse(page.contains("CPU time"));
  }

  private static void removeFigures(Map<String, Object> report) {
    for (Map<String, Object> row : Pages.objects(report, "rows")) {
      row.keySet()
          .removeAll(List.of("nll", "ece", "latencyMs", "bytes", "parameters", "weightsSha256"));
      row.put("errors", 0L);
    }
    Pages.objects(report, "curves")
        .forEach(c -> c.put("values", ((List<?>) c.get("values")).stream().map(v -> 0L).toList()));
    Pages.objects(report, "pareto").forEach(p -> p.put("errors", 0L));
    Pages.objects(report, "pareto").forEach(p -> p.remove("latencyMs"));
    Pages.objects(report, "cost").forEach(c -> c.remove("cpuSeconds"));
    Pages.object(report, "recipe").remove("temperature");
    Pages.object(report, "recipe").put("conventions", Map.of("objective", "L = 0.5 · H(y, q) + …"));
    Pages.object(report, "data").put("test", 0L);
  }

  @Test
  void writesTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.html");
    HtmlReport.write(Pages.sample(), file);
    assertEquals(HtmlReport.of(Pages.sample()), Files.readString(file));
  }
}

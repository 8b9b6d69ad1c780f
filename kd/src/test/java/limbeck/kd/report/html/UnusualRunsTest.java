package limbeck.kd.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages of runs that have less, more or longer things than most. */
class UnusualRunsTest {
  @Test
  void oneSeed() throws IOException {
    String page = HtmlReport.of(Pages.changed(UnusualRunsTest::keepOneSeed));
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
    String page = HtmlReport.of(Pages.changed(UnusualRunsTest::useHundredClasses));
    Pages.check(page);
    assertEquals(Pages.SECTIONS, Pages.sections(page));
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

  /** Figures are not broken: columns are as wide as the longest. */
  @Test
  void largeNetworks() throws IOException {
    String page =
        HtmlReport.of(
            Pages.changed(
                r -> Pages.objects(r, "rows").forEach(row -> row.put("parameters", 122_713_986L))));
    Pages.check(page);
    Matcher width = Pattern.compile("--arms:(\\d+);min-width:(\\d+)px").matcher(page);
    assertTrue(width.find(), "there is a least width");
    assertTrue(
        Integer.parseInt(width.group(2)) > 66 * Integer.parseInt(width.group(1)), width.group());
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
    String page = HtmlReport.of(Pages.changed(UnusualRunsTest::tryUnits));
    Pages.check(page);
    assertTrue(
        page.contains("aria-label=\"Test errors by units: by units 10: 300, 30: 250; alone "));
    assertTrue(page.contains("aria-label=\"Gain by units: by units 10: +20.0, 30: \u22125.0.\""));
    assertTrue(page.contains("Other sections show the networks of units = 30"));
    assertEquals(4, page.split("aria-label=\"Reliability of ").length - 1);
    assertFalse(page.contains("aria-label=\"Reliability of direct KD"));
    assertTrue(page.contains("direct KD</th>"), "in the table of all networks");
  }

  @Test
  void gainsOfThousandsHaveRoomForTheirNumbers() throws IOException {
    String page =
        HtmlReport.of(
            Pages.changed(
                report -> {
                  tryUnits(report);
                  Map<String, Object> line = Pages.objects(report, "sweeps").get(0);
                  Map<String, Object> gain = Map.of("mean", 500L, "low", -9000L, "high", 11_000L);
                  Pages.object(Pages.objects(line, "points").get(0), "gain").putAll(gain);
                }));
    Pages.check(page);
    assertTrue(page.contains(">+10,000</text>"), "a gain of thousands");
  }

  private static void tryUnits(Map<String, Object> report) {
    Map<String, Object> line = Pages.objects(report, "sweeps").get(0);
    line.remove("chosen");
    line.putAll(Map.of("parameter", "units", "name", "by units", "split", "test"));
    line.put("arm", "distilled");
    Map<String, Object> small = new LinkedHashMap<>(Map.of("value", 10L, "arm", "direct"));
    small.putAll(Map.of("mean", 300L, "low", 290L, "high", 310L));
    Map<String, Object> gain = new LinkedHashMap<>(Map.of("baseline", "student", "mean", 20L));
    gain.putAll(Map.of("low", 2L, "high", 38L));
    small.put("gain", gain);
    Map<String, Object> main = new LinkedHashMap<>(Map.of("value", 30L, "arm", "distilled"));
    main.put("mean", 250L);
    main.put("gain", Map.of("baseline", "student", "mean", -5L));
    line.put("points", List.of(small, main));
  }

  @Test
  void noTeacher() throws IOException {
    String page = HtmlReport.of(Pages.changed(UnusualRunsTest::removeTeacher));
    Pages.check(page);
    List<String> left = new ArrayList<>(Pages.SECTIONS);
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
    String page = HtmlReport.of(Pages.changed(UnusualRunsTest::removeFigures));
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
}

package limbeck.kd.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.Json;
import limbeck.kd.metric.PairedInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJsonTest {
  @Test
  void smallestReportFieldByField() throws IOException {
    Map<String, Object> expected = SampleReports.parsed(SampleReports.smallestJson());
    Map<String, Object> written = SampleReports.parsed(ReportJson.toJson(SampleReports.smallest()));
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(written.keySet()));
    for (String field : expected.keySet()) {
      assertEquals(expected.get(field), written.get(field), field);
    }
    // Order of the fields of each part too.
    assertEquals(Json.write(expected), Json.write(written));
  }

  @Test
  void readingGivesTheRecordBack() throws IOException {
    RunReport smallest = SampleReports.smallest();
    assertEquals(smallest, ReportJson.parse(SampleReports.smallestJson()));
    assertEquals(smallest, ReportJson.parse(ReportJson.toJson(smallest)));
    RunReport whole = SampleReports.whole();
    RunReport again = ReportJson.parse(ReportJson.toJson(whole));
    assertEquals(whole, again);
    assertEquals(ReportJson.toJson(whole), ReportJson.toJson(again));
  }

  @Test
  void fieldsComeInTheirOrderOneEntryPerLine() {
    String json = ReportJson.toJson(SampleReports.whole());
    List<String> names =
        json.lines().filter(l -> l.startsWith("  \"")).map(l -> l.split("\"")[1]).toList();
    assertEquals(
        List.of(
            "format",
            "sample",
            "limbeck",
            "run",
            "data",
            "recipe",
            "arms",
            "rows",
            "verdict",
            "comparisons",
            "curves",
            "confusion",
            "pairs",
            "calibration",
            "examples",
            "temperatureSweep",
            "pareto",
            "paths",
            "sweeps",
            "study",
            "cost",
            "environment"),
        names);
    assertEquals(10, json.lines().filter(l -> l.contains("\"accuracy\":0.9")).count());
    assertTrue(json.endsWith("\n}\n"));
  }

  @Test
  void whatWasNotMeasuredIsLeftOut() {
    String json = ReportJson.toJson(SampleReports.whole());
    assertFalse(json.contains("NaN"));
    assertFalse(json.contains(":-1"));
    assertTrue(
        json.contains(
            "{\"role\":\"assistant\",\"seed\":1,\"errors\":60,\"accuracy\":0.97,"
                + "\"bleu\":31.25}"),
        json);
    assertTrue(json.contains("\"points\":[[0,0.1],[30,null]]"), json);
    assertTrue(json.contains("\"role\":\"student\",\"arm\":null,\"label\":\"16\""), json);
    assertTrue(json.contains("\"epochs\":[1,3],\"values\":[5,2.58]"), json);
    assertTrue(json.contains("\"teacher\":[1.235,-2],\"student\":[0.001,7]"), json);
  }

  @Test
  void rowsOfTheVerdictComeFirstWithinTheirRole() {
    List<Row> rows = new ArrayList<>();
    for (String arm : List.of("direct", "distilled")) {
      rows.add(Row.of("distilled", 2).arm(arm).errors(1, 0.9).build());
      rows.add(Row.of("distilled", 1).arm(arm).errors(2, 0.9).build());
    }
    rows.add(Row.of("student", 1).errors(5, 0.5).build());
    rows.add(Row.of("student", 2).errors(5, 0.5).build());
    VerdictRecord verdict =
        VerdictRecord.of(
            "distilled",
            "student",
            "errors",
            true,
            null,
            PairedInterval.overSeeds(new double[] {1, 2}, new double[] {5, 5}),
            0);
    RunReport report =
        RunReport.of(
                SampleReports.limbeck(),
                SampleReports.run(2, 1),
                SampleReports.data(),
                SampleReports.recipe(),
                rows,
                verdict,
                SampleReports.ENVIRONMENT)
            .build();
    assertEquals(
        List.of("student 2", "student 1", "distilled 2", "distilled 1", "direct 2", "direct 1"),
        report.rows().stream().map(r -> r.armId() + " " + r.seed()).toList());
  }

  @Test
  void mapsWithoutOrderAreWrittenAlike() {
    Map<String, Object> scattered = new HashMap<>();
    List.of("view", "baseline", "softWeight", "hardWeight").forEach(k -> scattered.put(k, 1));
    RecipeSummary recipe = new RecipeSummary("r", "p", 1, scattered);
    assertEquals(
        List.of("baseline", "hardWeight", "softWeight", "view"),
        List.copyOf(recipe.conventions().keySet()));
    recipe = new RecipeSummary("r", "p", 1, Map.of("b", 1, "c", 2, "a", 3, "d", 4));
    assertEquals(List.of("a", "b", "c", "d"), List.copyOf(recipe.conventions().keySet()));
  }

  @Test
  void filesKeepEveryByte(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    ReportJson.write(SampleReports.whole(), file);
    assertEquals(ReportJson.toJson(SampleReports.whole()), Files.readString(file));
    assertEquals(SampleReports.whole(), ReportJson.read(file));
  }

  @Test
  void laterFieldsAreIgnored() throws IOException {
    Map<String, Object> later = SampleReports.parsed(SampleReports.smallestJson());
    later.put("later", List.of(1L));
    assertEquals(SampleReports.smallest(), ReportJson.parse(Json.write(later)));
  }

  @Test
  void brokenReportsAreNamed() throws IOException {
    String json = SampleReports.smallestJson();
    assertWrong(json.replace("\"format\": 1", "\"format\": 2"), "format 2 is not known");
    assertWrong(json.replace("\"errors\": 41", "\"errors\": 4.1"), "rows[1].errors must be a w");
    assertWrong(json.replace("\"errors\": 41", "\"errors\": -4"), "rows[1].errors must be a count");
    assertWrong(json.replace("\"seconds\": 84, ", ""), "run.seconds is missing");
    assertWrong(json.replace("\"seeds\": [1, 2, 3]", "\"seeds\": [1, 2]"), "3 differences for 2");
    assertWrong(json.replace("BEATS", "WINS"), "\"WINS\" is none of BEATS");
    String nobody = json.replace("\"baseline\": \"student\"", "\"baseline\": \"x\"");
    assertWrong(nobody, "verdict: there are no rows of the arm x");
    assertWrong(json.replace("\"level\": 0.95", "\"level\": 95"), "level 95.0 must lie between");
    assertWrong(json.replace("\"seeds\": [1, 2, 3]", "\"seeds\": []"), "at least one seed");
    assertWrong(json.replace("\"seconds\": 84", "\"seconds\": -1"), "its duration is -1.0 s");
    assertWrong("[]", "the report must be an object");
  }

  private static void assertWrong(String json, String part) {
    String message = assertThrows(FormatException.class, () -> ReportJson.parse(json)).getMessage();
    assertTrue(message.contains(part) && message.lines().count() == 1, message);
  }
}

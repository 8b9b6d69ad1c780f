package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import limbeck.kd.metric.MeanInterval;
import limbeck.kd.metric.PairedInterval;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.kd.report.Arm;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.Sweep;
import limbeck.kd.report.VerdictRecord;
import limbeck.kd.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe with a sweep from its file to its report, on data that take milliseconds. */
class SweepCurvesTest {
  private static final String TEXT =
      """
      name = "sizes"
      summary = "Students of several sizes."

      [data]
      validation = 15

      [defaults]
      epochs = 2
      batch = 16
      rate = 0.05

      [[sweeps]]
      parameter = "units"
      label = "units of the student"
      values = [8, 3, 20]
      main = 8
      log = true
      networks = ["student", "distilled", "distilled-far"]

      [networks.teacher]
      network = "mlp:16-24-3"

      [networks.student]
      label = "alone {units}"
      network = "mlp:16-{units}-3"

      [networks.distilled]
      label = "soft, {units}"
      like = "student"
      terms = [{ method = "SoftTargets", teacher = "teacher", temperature = 2 }]

      [networks.distilled-far]
      label = "{units} far"
      like = "student"
      terms = [{ method = "SoftTargets", teacher = "distilled", temperature = 2 }]

      [[comparisons]]
      arm = "distilled"
      baseline = "student"

      [[comparisons]]
      arm = "distilled-far"
      baseline = "distilled"
      """;

  private static final String TEACHERS =
      TEXT.replace(
              "[\"student\", \"distilled\", \"distilled-far\"]", "[\"teacher\", \"distilled\"]")
          .replace("mlp:16-24-3", "mlp:16-{units}-3")
          .replace("mlp:16-{units}-3\"\n\n[networks.dist", "mlp:16-8-3\"\n\n[networks.dist")
          .replace("alone {units}", "alone")
          .replace("{units} far", "far")
          .replace("teacher = \"distilled\"", "teacher = \"distilled-8\"");

  @TempDir Path folder;

  private RunReport run(String text, List<Long> seeds) throws Exception {
    RecipeFile recipe = RecipeFile.of("sizes.toml", text, Path.of(""));
    Experiment e =
        Experiment.of(recipe, recipe.defaults(), Tiny.images(1, 75), Tiny.images(2, 40), seeds);
    try (Distiller d = new Distiller(e, folder, List.of(), "again", Listener.SILENT)) {
      return d.run("now");
    }
  }

  private static double[] errors(RunReport report, String arm) {
    return report.rowsOf(arm).stream().mapToDouble(Row::errors).toArray();
  }

  @Test
  void curvesAreTheFiguresOfTheNetworks() throws Exception {
    RunReport report = run(TEXT, List.of(1L, 2L, 3L));
    assertEquals(
        List.of("alone", "soft", "far"), report.sweeps().stream().map(Sweep::name).toList());
    Sweep soft = report.sweeps().get(1);
    assertEquals("validation", soft.split());
    assertEquals("distilled-8", soft.arm());
    assertEquals(8, soft.main());
    assertNull(soft.baseline());
    assertEquals(List.of(3.0, 8.0, 20.0), soft.points().stream().map(Sweep.Point::value).toList());
    for (Sweep.Point p : soft.points()) {
      MeanInterval mean = MeanInterval.of(errors(report, p.arm()));
      assertEquals(mean.mean(), p.mean());
      assertEquals(mean.low(), p.low());
      PairedInterval gain =
          PairedInterval.overSeeds(errors(report, p.gain().baseline()), errors(report, p.arm()));
      assertEquals(p.arm().replace("distilled", "student"), p.gain().baseline());
      assertEquals(gain.mean(), p.gain().mean());
      assertEquals(gain.high(), p.gain().high());
    }
    assertEquals(List.of(), report.sweeps().get(0).gains());
    assertEquals(
        report.sweeps(),
        ReportJson.parse(Files.readString(folder.resolve("report.json"))).sweeps());
  }

  /** All is in the record; single networks are shown of the main value. */
  @Test
  void otherValuesAreKeptApart() throws Exception {
    RunReport report = run(TEXT, List.of(1L, 2L));
    assertEquals(10 * 2, report.rows().size());
    assertEquals(
        List.of("teacher", "student-8", "distilled-8", "distilled-far-8"),
        report.shownArms().stream().map(Arm::id).toList());
    assertEquals(
        List.of("distilled-far-8"),
        report.shownComparisons().stream().map(VerdictRecord::arm).toList());
    assertEquals(5, report.comparisons().size());
    assertEquals(
        List.of("20", "3"),
        report.pareto().stream()
            .filter(p -> p.arm() == null && p.role().equals("student"))
            .map(p -> p.label())
            .sorted()
            .toList());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("<section id=\"values\""), page);
    assertEquals(4, page.split("aria-label=\"Reliability of ").length - 1);
    assertFalse(page.contains("aria-label=\"Reliability of soft, 3 "), page);
    String text = Files.readString(folder.resolve("report.txt"));
    assertTrue(text.contains("Values tried: units of the student"), text);
    assertTrue(text.contains("validation errors than the student alone of the same value"), text);
    assertTrue(text.contains("the networks of units = 8; report.json has all"), text);
    assertTrue(text.contains("Against the student alone of the same value, soft does best"), text);
  }

  @Test
  void oneSeedHasNoIntervals() throws Exception {
    RunReport report = run(TEXT, List.of(1L));
    Sweep.Point p = report.sweeps().get(1).points().get(0);
    assertTrue(Double.isNaN(p.low()) && Double.isNaN(p.gain().high()));
    double alone = errors(report, "student-3")[0];
    assertEquals(alone - errors(report, "distilled-3")[0], p.gain().mean());
    String page = Files.readString(folder.resolve("report.html"));
    int from = page.indexOf("<section id=\"values\"");
    String section = page.substring(from, page.indexOf("</section>", from));
    assertFalse(section.contains("NaN") || section.contains("whisker"), section);
  }

  /** Where the student is not in the sweep all values are compared with the same one. */
  @Test
  void aStudentOfNoValueIsTheBaselineOfAll() throws Exception {
    RunReport report = run(TEACHERS, List.of(1L, 2L));
    assertEquals(
        List.of("teacher-8", "distilled-8"), report.sweeps().stream().map(Sweep::arm).toList());
    Sweep soft = report.sweeps().get(1);
    assertEquals("student", soft.baseline().arm());
    assertEquals(MeanInterval.of(errors(report, "student")).mean(), soft.baseline().mean());
    assertTrue(soft.points().stream().allMatch(p -> p.gain().baseline().equals("student")));
    assertNull(report.sweeps().get(0).baseline());
    assertEquals(List.of(), report.sweeps().get(0).gains());
    assertEquals(
        List.of("teacher-8", "student", "distilled-8", "distilled-far"),
        report.shownArms().stream().map(Arm::id).toList());
    assertTrue(
        report.rowsOf("student").stream().allMatch(r -> r.agreement() >= 0),
        Arrays.toString(errors(report, "student")));
  }
}

package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.Json;
import limbeck.engine.io.WeightHash;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.Curve;
import limbeck.kd.report.ReportJson;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.TextReport;
import limbeck.kd.train.Fit;
import limbeck.kd.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DistillerTest {
  private static final List<Long> SEEDS = List.of(4L, 2L, 9L);

  @TempDir Path folder;

  private RunReport run(Experiment e, Path out, Listener listener) throws Exception {
    try (Distiller d = new Distiller(e, out, List.of(), "limbeck run tiny", listener)) {
      return d.run("2026-01-02T03:04:05Z");
    }
  }

  @Test
  void reportsEveryNetwork() throws Exception {
    Experiment e = Tiny.experiment(SEEDS, "data.validation=20", "heldOut=10");
    RunReport report = run(e, folder, Listener.SILENT);
    RunReport read = ReportJson.read(folder.resolve("report.json"));
    assertEquals(ReportJson.toJson(report), ReportJson.toJson(read));
    assertEquals(TextReport.of(report), Files.readString(folder.resolve("report.txt")));
    assertEquals(SEEDS, report.run().seeds());
    assertRows(report, e);
    assertCurves(report, e);
    assertFigures(report);
    assertFields(folder.resolve("report.json"));
  }

  private static void assertRows(RunReport report, Experiment e) throws IOException {
    assertEquals(4 * SEEDS.size(), report.rows().size());
    for (Row r : report.rows()) {
      assertEquals(1 - r.errors() / 20.0, r.accuracy(), 1e-15);
      assertTrue(r.nll() > 0 && r.ece() >= 0 && r.ece() <= 1);
      assertTrue(r.agreement() >= 0 && r.agreement() <= 1);
      assertEquals(r.role().equals("teacher") ? 12 * 16 + 12 + 3 * 12 + 3 : 163, r.parameters());
      assertEquals(4 * r.parameters(), r.bytes());
      assertTrue(r.latencyMs() > 0 && r.throughput() > 0);
      assertTrue(r.weightsSha256().matches("[0-9a-f]{64}"));
    }
    Row teacher = report.rowsOf("teacher").get(0);
    assertEquals(1, teacher.agreement());
    assertEquals(0, teacher.klToTeacher());
    // within a role the verdict's arm comes first, seeds in the order of the run
    List<Row> distilled = report.rows().stream().filter(r -> r.role().equals("distilled")).toList();
    assertEquals("corrected", distilled.get(0).armId());
    assertEquals(SEEDS, distilled.subList(0, 3).stream().map(Row::seed).toList());
    assertEquals("corrected", report.verdict().arm());
    assertEquals(3, report.verdict().differences().size());
    assertEquals(e.arms().stream().map(Arm::id).toList(), ids(report));
  }

  private static List<String> ids(RunReport report) {
    return report.arms().stream().map(limbeck.kd.report.Arm::id).toList();
  }

  private static void assertCurves(RunReport report, Experiment e) {
    // three metrics of three arms that were trained; never one of the test set
    assertEquals(3 * 3 * SEEDS.size(), report.curves().size());
    for (Curve c : report.curves()) {
      assertTrue(List.of("trainLoss", "validationError", "validationNll").contains(c.metric()));
      assertEquals(List.of(1.0, 2.0, 3.0), c.epochs());
      assertEquals(3, c.values().size());
    }
    Row last = report.rowsOf("student").get(0);
    Curve error =
        report.curves().stream()
            .filter(c -> c.arm().equals("student") && c.metric().equals("validationError"))
            .findFirst()
            .get();
    // results are on the validation set here, so the last epoch's error is the row's
    assertEquals(100.0 * last.errors() / e.validation().size(), error.values().get(2), 1e-12);
  }

  private static void assertFigures(RunReport report) {
    assertEquals(4, report.confusion().size());
    assertEquals(4, report.calibration().size());
    assertEquals(4, report.cost().size());
    assertEquals("teacher", report.cost().get(1).arm());
    assertTrue(report.cost().get(1).stage().startsWith("Keep the outputs of "));
    assertTrue(report.cost().stream().allMatch(c -> c.bytesWritten() > 0));
    assertEquals(3, report.pairs().size());
    assertEquals(10, report.temperatureSweep().size());
    assertTrue(report.examples().size() > 2);
    long sum =
        report.confusion().get(0).counts().stream()
            .flatMap(List::stream)
            .mapToLong(Long::longValue)
            .sum();
    assertEquals(20L * SEEDS.size(), sum);
    Map<String, Object> said = report.recipe().conventions();
    assertEquals(0.9, said.get("softWeight"));
    assertEquals("batchmean", said.get("reduction"));
    assertEquals("0.1", said.get("rate"));
    assertTrue(report.data().split().contains("the test set was not read"));
  }

  private static void assertFields(Path file) throws IOException {
    Map<?, ?> json = (Map<?, ?>) Json.read(file);
    Map<?, ?> row = (Map<?, ?>) ((List<?>) json.get("rows")).get(0);
    for (String field :
        List.of(
            "role",
            "arm",
            "seed",
            "errors",
            "accuracy",
            "nll",
            "ece",
            "agreement",
            "klToTeacher",
            "parameters",
            "bytes",
            "multiplyAdds",
            "latencyMs",
            "throughput",
            "weightsSha256")) {
      assertTrue(row.containsKey(field), field);
    }
    for (String field :
        List.of("format", "limbeck", "run", "data", "recipe", "verdict", "environment")) {
      assertTrue(json.containsKey(field), field);
    }
  }

  /** Stops when a network other than the first is under way. */
  private static final class Stopping implements Listener {
    private Distiller distiller;

    @Override
    public void advanced(Fit fit, double work) {
      if (!fit.arm().id().equals("teacher")) {
        distiller.stop();
      }
    }
  }

  @Test
  void stoppedAndStartedAgainItEndsTheSame() throws Exception {
    Experiment e = Tiny.experiment(SEEDS.subList(0, 1), "jitter=1");
    List<String> whole = Tiny.hashes(run(e, folder.resolve("whole"), Listener.SILENT));
    Path out = folder.resolve("out");
    Stopping stopping = new Stopping();
    try (Distiller d = new Distiller(e, out, List.of(), "again", stopping)) {
      stopping.distiller = d;
      StoppedException stopped = assertThrows(StoppedException.class, () -> d.run("now"));
      assertEquals("stopped; everything is saved, the same command resumes", stopped.getMessage());
    }
    assertFalse(Files.exists(out.resolve("report.json")));
    RunReport resumed = run(e, out, Listener.SILENT);
    assertEquals(whole, Tiny.hashes(resumed));
    assertEquals(1, resumed.run().interrupted());
    String view = (String) resumed.recipe().conventions().get("view");
    assertTrue(view.contains("same changed inputs"), view);
    // 60 examples in each of 3 epochs
    assertEquals(180, resumed.cost().get(2).teacherForwards());
    RunReport once = run(e, out, Listener.SILENT);
    assertEquals(whole, Tiny.hashes(once));
    assertEquals(1, once.run().interrupted());
    assertOneSeed(resumed);
  }

  private static void assertOneSeed(RunReport report) {
    assertEquals("examples", report.verdict().over());
    long alone = report.rowsOf("student").get(0).errors();
    long distilled = report.rowsOf("distilled").get(0).errors();
    assertEquals(distilled - alone, report.verdict().mean(), 1e-9);
  }

  @Test
  void hashesAreThoseOfTheFiles() throws Exception {
    Experiment e = Tiny.experiment("epochs=1");
    try (Distiller d = new Distiller(e, folder, List.of(), "", Listener.SILENT)) {
      RunReport report = d.run("now");
      ModelFile model = ModelFile.load(d.model("distilled", 1));
      assertEquals(
          report.rowsOf("distilled").get(0).weightsSha256(), WeightHash.of(model.weights()));
      assertEquals(folder.resolve("models/distilled-seed1.safetensors"), d.model("distilled", 1));
      assertThrows(IllegalArgumentException.class, () -> d.model("nobody", 1));
    }
  }

  @Test
  void whatContradictsItselfLeavesNoFolder() {
    Experiment e = Tiny.experiment("heldOut=60");
    Path out = folder.resolve("out");
    assertThrows(
        RecipeException.class, () -> new Distiller(e, out, List.of(), "", Listener.SILENT));
    assertFalse(Files.exists(out));
  }

  @Test
  void choosesAFreeFolder() throws Exception {
    Path base = folder.resolve("tiny");
    Experiment one = Tiny.experiment();
    new Distiller(one, base, List.of(), "", Listener.SILENT).close();
    assertEquals(base, Distiller.freeFolder(one, base));
    assertEquals(folder.resolve("tiny-2"), Distiller.freeFolder(Tiny.experiment("epochs=4"), base));
  }
}

package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.RunReport;
import limbeck.kd.report.Schedule;
import limbeck.kd.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of snapshot distillation on small images, with small networks. */
class SnapshotRunTest {
  @TempDir Path folder;

  private RunReport run(String... more) throws Exception {
    Recipe recipe = Recipes.named("snapshot-mnist");
    Settings small =
        recipe
            .defaults()
            .with(
                List.of(
                    "student.network=mlp:16-8-3",
                    "defaults.epochs=8",
                    "defaults.batch=16",
                    "defaults.rate=0.01"))
            .with(List.of(more));
    Experiment e =
        Experiment.of(recipe, small, Tiny.images(1, 60), Tiny.images(2, 40), List.of(1L));
    Path out = folder.resolve(more.length + "");
    try (Distiller d = new Distiller(e, out, List.of(), "again", Listener.SILENT)) {
      return d.run("now");
    }
  }

  @Test
  void theReportTellsOfTheCycles() throws Exception {
    RunReport report = run();
    Schedule schedule = report.paths().schedules().get(0);
    assertEquals(
        List.of("cycle 1", "cycle 2", "cycle 3", "cycle 4"),
        schedule.phases().stream().map(Schedule.Phase::label).toList());
    Schedule.Series rate =
        schedule.series().stream()
            .filter(s -> s.name().equals("learning rate"))
            .findFirst()
            .orElseThrow();
    List<Double> starts =
        rate.points().stream()
            .filter(p -> p.epoch() % 2 == 0 && p.epoch() < 8)
            .map(Schedule.Point::value)
            .toList();
    assertEquals(List.of(0.01, 0.01, 0.01, 0.01), starts);
    Number softWeight = (Number) report.recipe().conventions().get("softWeight");
    assertEquals(1, softWeight.doubleValue());
    assertEquals(2.0, report.recipe().temperature());
    List<String> hashes = Tiny.hashes(report);
    assertNotEquals(hashes.get(1).split(" ")[1], hashes.get(2).split(" ")[1]);
  }

  /** Of one cycle all three networks are the same. */
  @Test
  void oneCycleIsTrainingOnLabels() throws Exception {
    List<String> hashes =
        Tiny.hashes(run("distilled.cycles=1", "student-cycles.cycles=1")).stream()
            .map(h -> h.split(" ")[1])
            .distinct()
            .toList();
    assertEquals(1, hashes.size());
  }
}

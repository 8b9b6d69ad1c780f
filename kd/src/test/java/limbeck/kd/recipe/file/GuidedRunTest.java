package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Recipes;
import limbeck.kd.recipe.Settings;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Listener;
import limbeck.kd.train.Stopping;
import limbeck.kd.train.Trained;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of densely guided distillation on small images, with small networks. */
class GuidedRunTest {
  @TempDir Path folder;

  private static Experiment experiment() {
    Recipe recipe = Recipes.named("dgkd-mnist");
    Settings small =
        recipe
            .defaults()
            .with(
                List.of(
                    "teacher.network=mlp:16-16-3",
                    "teacher.jitter=1",
                    "assistant-300.network=mlp:16-12-3",
                    "assistant-100.network=mlp:16-10-3",
                    "student.network=mlp:16-6-3",
                    "defaults.epochs=2",
                    "defaults.batch=16",
                    "data.validation=15"));
    return Experiment.of(recipe, small, Tiny.images(1, 60), Tiny.images(2, 40), List.of(1L));
  }

  private static RunReport run(Path out, Listener listener) throws Exception {
    try (Distiller d = new Distiller(experiment(), out, List.of(), "again", listener)) {
      return d.run("now");
    }
  }

  /** How often each network was trained to its end. */
  private static final class Watching implements Listener {
    private final Map<String, Integer> trained = new ConcurrentHashMap<>();

    @Override
    public void finished(Trained network, boolean reused, double work) {
      if (!reused) {
        trained.merge(network.arm().id(), 1, Integer::sum);
      }
    }
  }

  @Test
  void everyNetworkIsTrainedOnceHoweverManyItGuides() throws Exception {
    Watching all = new Watching();
    RunReport whole = run(folder.resolve("whole"), all);
    List<String> ids = experiment().arms().stream().map(Arm::id).sorted().toList();
    assertEquals(ids, all.trained.keySet().stream().sorted().toList());
    assertTrue(all.trained.values().stream().allMatch(n -> n == 1), all.trained.toString());
    Stopping.Resumed<RunReport> resumed =
        Stopping.again(11, experiment(), folder.resolve("stopped"));
    assertEquals(Tiny.hashes(whole), Tiny.hashes(resumed.result()));
    assertTrue(resumed.stops() >= 3, "stopped " + resumed.stops() + " times");
  }
}

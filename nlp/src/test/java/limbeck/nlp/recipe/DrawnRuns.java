package limbeck.nlp.recipe;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.StoppedException;
import limbeck.kd.data.NamedFormats;
import limbeck.kd.recipe.DataSplit;
import limbeck.kd.recipe.Recipe;
import limbeck.kd.recipe.Settings;
import limbeck.kd.recipe.file.RecipeFile;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Fit;
import limbeck.kd.train.Listener;

/** Runs of recipes on texts that are drawn. */
final class DrawnRuns {
  private DrawnRuns() {}

  /** What a recipe's text says, on data of the format that it names. */
  static Experiment experiment(String text, long... seeds) {
    Recipe recipe = RecipeFile.of("small.toml", text, Path.of(""));
    Settings settings = recipe.defaults();
    String format = DataSplit.of(settings).format();
    return Experiment.of(
        recipe,
        settings,
        NamedFormats.draw(format, "train"),
        NamedFormats.draw(format, "test"),
        Arrays.stream(seeds).boxed().toList());
  }

  /** Runs it in a folder, to the end. */
  static RunReport run(Experiment e, Path out) throws Exception {
    try (Distiller d = new Distiller(e, out, List.of(), "test", Listener.SILENT)) {
      return d.run("2026-01-01T00:00:00Z");
    }
  }

  /** Runs it in a folder, and stops it after so many steps of this start. */
  static void stopAfter(int steps, Experiment e, Path out) {
    StopAfter listener = new StopAfter(steps);
    assertThrows(
        StoppedException.class,
        () -> {
          try (Distiller d = new Distiller(e, out, List.of(), "test", listener)) {
            listener.running = d;
            d.run("2026-01-01T00:00:00Z");
          }
        });
  }

  /** Every network's bits, in the order of the report. */
  static List<String> bits(RunReport report) {
    return report.rows().stream().map(row -> row.weightsSha256()).toList();
  }

  private static final class StopAfter implements Listener {
    private final int steps;
    private volatile Distiller running;
    private int done;

    StopAfter(int steps) {
      this.steps = steps;
    }

    @Override
    public synchronized void advanced(Fit fit, double work) {
      if (++done == steps) {
        running.stop();
      }
    }
  }
}

package limbeck.kd.recipe.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.kd.Distiller;
import limbeck.kd.Experiment;
import limbeck.kd.ModelFile;
import limbeck.kd.Network;
import limbeck.kd.Tiny;
import limbeck.kd.recipe.Arm;
import limbeck.kd.recipe.RecipeException;
import limbeck.kd.report.Row;
import limbeck.kd.report.RunReport;
import limbeck.kd.train.Evaluation;
import limbeck.kd.train.Listener;

/** Recipes with networks that are made of others, and their runs. */
final class DerivedRuns {
  /** The best path through two assistants, found from the teacher to the student. */
  static final String PATHS = text("paths.toml");

  /** Three of a kind, their means, and students of these. */
  static final String MEANS = text("means.toml");

  private DerivedRuns() {}

  private static String text(String file) {
    try (InputStream in = DerivedRuns.class.getResourceAsStream("/limbeck/kd/derived/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RecipeFile read(String text) {
    return RecipeFile.of("derived.toml", text, Path.of(""));
  }

  static Experiment experiment(String text, List<Long> seeds) {
    return Tiny.experiment(read(text), seeds);
  }

  static RunReport run(Experiment e, Path out) throws Exception {
    try (Distiller d = new Distiller(e, out, List.of(), "again", Listener.SILENT)) {
      return d.run("now");
    }
  }

  /** Requires that a recipe is refused before it runs, in words that hold the expected ones. */
  static void requireRefused(String text, Path out, String expected) {
    String message =
        assertThrows(RecipeException.class, () -> run(experiment(text, List.of(1L)), out), text)
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  static Row row(RunReport report, String arm, long seed) {
    return report.rows().stream()
        .filter(r -> r.armId().equals(arm) && r.seed() == seed)
        .findFirst()
        .orElseThrow();
  }

  static Network network(Experiment e, Path out, String arm, long seed) throws Exception {
    Arm a = e.arms().stream().filter(x -> x.id().equals(arm)).findFirst().orElseThrow();
    Network network = a.network().build(e.train(), null);
    Path file = out.resolve("models").resolve(arm + "-seed" + seed + ".safetensors");
    network.load(ModelFile.load(file).weights());
    return network;
  }

  static float[] logits(Experiment e, Path out, String arm) throws Exception {
    return Evaluation.logits(network(e, out, arm, 1), e.evaluation(), 3, new OpContext());
  }
}

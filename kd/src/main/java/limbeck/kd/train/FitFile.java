package limbeck.kd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import limbeck.engine.io.Checkpoints;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.TensorFile;
import limbeck.engine.tensor.ShapeException;

/** Checkpoints of a {@link Trainee}: weights, optimizer, step and curves. */
final class FitFile {
  private static final String IDENTITY = "limbeck.identity";
  private static final String STEP = "limbeck.step";
  private static final String SECONDS = "limbeck.seconds";

  private FitFile() {}

  static void save(Trainee fit, String identity, Path file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, identity);
    metadata.put(STEP, Long.toString(fit.step()));
    metadata.put(SECONDS, Double.toString(fit.seconds()));
    Checkpoints.save(file, fit.checkpoint(), metadata);
  }

  /**
   * Continues from a checkpoint if there is one.
   *
   * @return whether there was one
   * @throws FormatException if it is damaged beyond the previous generation, or of another training
   */
  static boolean resume(Trainee fit, String identity, Path file) throws IOException {
    if (!Files.exists(file) && !Files.exists(Checkpoints.previous(file))) {
      return false;
    }
    TensorFile content = load(file);
    if (!identity.equals(content.metadata().get(IDENTITY))) {
      throw new FormatException(
          file + ": is the checkpoint of another training; remove it, or choose another --out");
    }
    try {
      restore(fit, content);
    } catch (FormatException | ShapeException | NumberFormatException e) {
      throw new FormatException(file + ": does not fit this training: " + e.getMessage(), e);
    }
    return true;
  }

  private static TensorFile load(Path file) throws IOException {
    try {
      return Checkpoints.load(file);
    } catch (FormatException e) {
      throw new FormatException(
          e.getMessage() + "; remove the file, and this network is trained from its start", e);
    }
  }

  private static void restore(Trainee fit, TensorFile content) throws FormatException {
    long step = Long.parseLong(content.metadata().getOrDefault(STEP, "none"));
    double seconds = Double.parseDouble(content.metadata().getOrDefault(SECONDS, "none"));
    if (step < 0 || step > fit.steps() || !(seconds >= 0 && seconds < 1e12)) {
      throw new FormatException("step " + step + " after " + seconds + " s");
    }
    fit.resume(step, seconds, content.tensors());
  }
}

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
  private static final String CPU_SECONDS = "limbeck.cpu-seconds";
  private static final String WRITTEN = "limbeck.bytes-written";
  private static final String FORWARDS = "limbeck.teacher-forwards";

  private FitFile() {}

  /** Saves, and adds the file to what training has written. */
  static void save(Trainee fit, String identity, Path file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(IDENTITY, identity);
    metadata.put(STEP, Long.toString(fit.step()));
    Spent spent = fit.spent();
    metadata.put(SECONDS, Double.toString(spent.seconds()));
    metadata.put(CPU_SECONDS, Double.toString(spent.cpuSeconds()));
    metadata.put(WRITTEN, Long.toString(spent.bytesWritten()));
    metadata.put(FORWARDS, Long.toString(spent.teacherForwards()));
    Checkpoints.save(file, fit.checkpoint(), metadata);
    fit.add(Spent.NOTHING.written(Files.size(file)));
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
    if (Files.exists(file)) {
      fit.add(Spent.NOTHING.written(Files.size(file)));
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
    Map<String, String> metadata = content.metadata(); // older checkpoints tell the time alone
    double cpuSeconds = Double.parseDouble(metadata.getOrDefault(CPU_SECONDS, "NaN"));
    long written = Long.parseLong(metadata.getOrDefault(WRITTEN, "-1"));
    long forwards = Long.parseLong(metadata.getOrDefault(FORWARDS, "-1"));
    fit.resume(step, new Spent(seconds, cpuSeconds, written, forwards), content.tensors());
  }
}

package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.WeightHash;

/** What a pretraining's folder says of it: what it is, how it went so far, whether it is done. */
final class PretrainRecord {
  private final PretrainFolder folder;
  private final Map<String, Object> identity;
  private final String hash;
  private final List<Map<String, Object>> curve = new ArrayList<>();
  private double seconds;

  /**
   * The record of a plan, with what earlier starts left.
   *
   * @throws FormatException if the folder is another pretraining's, or none
   * @throws IOException if it, or a file of the plan, cannot be read
   */
  PretrainRecord(PretrainPlan plan, PretrainFolder folder) throws IOException {
    this.folder = folder;
    this.identity = PretrainFolder.identity(plan);
    this.hash = PretrainFolder.hash(identity);
    remember(folder.record(hash));
  }

  private void remember(Map<?, ?> before) {
    if (before != null && before.get("seconds") instanceof Number s) {
      seconds = s.doubleValue();
    }
    if (before != null && before.get("curve") instanceof List<?> points) {
      for (Object point : points) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) point).forEach((k, v) -> copy.put((String) k, v));
        curve.add(copy);
      }
    }
  }

  /** A hash of all that the numbers depend on. */
  String hash() {
    return hash;
  }

  /** So many seconds more were spent on training. */
  void trained(double more) {
    seconds += more;
  }

  /** Whether there is a measurement after so many steps. */
  boolean measured(long step) {
    return curve.stream().anyMatch(point -> step(point) == step);
  }

  private static long step(Map<String, Object> point) {
    return ((Number) point.get("step")).longValue();
  }

  /** Forgets what was measured later, as training goes on from there. */
  void goOnFrom(long step) {
    curve.removeIf(point -> step(point) > step);
  }

  /**
   * Adds a measurement.
   *
   * @param trainLoss of the step before it; NaN if there was none
   */
  void add(long step, Pretraining.Held held, double trainLoss) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("step", step);
    point.put("loss", held.loss());
    point.put("accuracy", held.accuracy());
    if (!Double.isNaN(trainLoss)) {
      point.put("trainLoss", trainLoss);
    }
    curve.add(point);
  }

  /** Writes it into the folder. */
  void write(Pretraining training, boolean done) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("identity", hash);
    record.put("plan", identity);
    record.put("parameters", training.model().parameters().count());
    record.put("steps", training.steps());
    record.put("blocks", training.blockCounts()[0]);
    record.put("held", training.blockCounts()[1]);
    record.put("seconds", seconds);
    record.put("done", done);
    if (done) {
      record.put("weights", WeightHash.of(training.model().state()));
    }
    record.put("curve", curve);
    folder.record(record);
  }
}

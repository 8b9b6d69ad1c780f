package limbeck.nlp.pretrain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.engine.io.WeightHash;
import limbeck.engine.tensor.Tensor;

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
   * @param identity all that the numbers depend on
   * @throws FormatException if the folder is another pretraining's, or none
   * @throws IOException if it, or a file of the plan, cannot be read
   */
  PretrainRecord(Map<String, Object> identity, PretrainFolder folder) throws IOException {
    this.folder = folder;
    this.identity = identity;
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
   * @param figures that were measured, by their names
   * @param trainLoss of the step before it; NaN if there was none
   */
  void add(long step, Map<String, Double> figures, double trainLoss) {
    Map<String, Object> point = new LinkedHashMap<>();
    point.put("step", step);
    point.putAll(figures);
    if (!Double.isNaN(trainLoss)) {
      point.put("trainLoss", trainLoss);
    }
    curve.add(point);
  }

  /**
   * Writes it into the folder.
   *
   * @param sizes of model and corpus, by their names
   * @param weights of a pretraining that is done; else null
   */
  void write(Map<String, Long> sizes, Map<String, Tensor> weights) throws IOException {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("identity", hash);
    record.put("plan", identity);
    record.putAll(sizes);
    record.put("seconds", seconds);
    record.put("done", weights != null);
    if (weights != null) {
      record.put("weights", WeightHash.of(weights));
    }
    record.put("curve", curve);
    folder.record(record);
  }
}

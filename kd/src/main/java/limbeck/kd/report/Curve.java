package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * A learning curve of one network. Never of a test metric.
 *
 * @param arm id of the arm
 * @param seed seed of the network
 * @param metric {@code validationError}, {@code validationNll} or {@code trainLoss}
 * @param unit such as {@code percent} or {@code nats}
 * @param epochs where each value was taken
 * @param values one per epoch; points whose value is not finite are left out
 */
public record Curve(
    String arm, long seed, String metric, String unit, List<Double> epochs, List<Double> values) {

  /**
   * Copies the finite points.
   *
   * @throws IllegalArgumentException if there are more epochs than values or fewer
   */
  public Curve {
    if (epochs.size() != values.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "curve of %s, seed %d, %s: %d epochs, %d values",
              arm,
              seed,
              metric,
              epochs.size(),
              values.size()));
    }
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (Double.isFinite(values.get(i))) {
        x.add(epochs.get(i));
        y.add(values.get(i));
      }
    }
    epochs = List.copyOf(x);
    values = List.copyOf(y);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("arm", arm)
        .whole("seed", seed)
        .put("metric", metric)
        .put("unit", unit)
        .member("epochs", JsonObject.value(epochs))
        .member("values", JsonObject.value(values))
        .map();
  }

  static Curve read(JsonFields fields) throws FormatException {
    List<Double> epochs = fields.numbers("epochs");
    List<Double> values = fields.numbers("values");
    if (epochs.size() != values.size()) {
      throw new FormatException("report.json: a curve must have one value per epoch");
    }
    return new Curve(
        fields.text("arm"),
        fields.whole("seed"),
        fields.text("metric"),
        fields.text("unit", null),
        epochs,
        values);
  }
}

package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * What the softened probabilities hold at one temperature, as means over the test set.
 *
 * @param temperature the temperature
 * @param entropy entropy by role, in nats
 * @param klToTeacher KL(teacher ‖ role) by role, in nats, without the factor T²; in a chain the
 *     teacher is the nearest one
 */
public record TemperaturePoint(
    double temperature, Map<String, Double> entropy, Map<String, Double> klToTeacher) {

  /** Copies the figures in their order. */
  public TemperaturePoint {
    entropy = Ordered.copy(entropy);
    klToTeacher = Ordered.copy(klToTeacher);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("temperature", temperature)
        .put("entropy", entropy)
        .put("klToTeacher", klToTeacher)
        .map();
  }

  static TemperaturePoint read(JsonFields fields) throws FormatException {
    return new TemperaturePoint(
        fields.number("temperature"),
        fields.numbersByName("entropy"),
        fields.numbersByName("klToTeacher"));
  }
}

package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * Two classes that the teacher, in a chain the nearest one, finds alike.
 *
 * @param a index of one class
 * @param b index of the other
 * @param softMass mean probability, at the recipe's temperature, that the teacher gives b on
 *     examples of a and a on examples of b
 * @param errors confusions in both directions by role, summed over seeds
 */
public record ConfusablePair(int a, int b, double softMass, Map<String, Long> errors) {
  /** Copies the errors in their order. */
  public ConfusablePair {
    errors = Ordered.copy(errors);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .count("a", a)
        .count("b", b)
        .put("softMass", softMass)
        .put("errors", errors)
        .map();
  }

  static ConfusablePair read(JsonFields fields) throws FormatException {
    return new ConfusablePair(
        fields.integer("a", 0),
        fields.integer("b", 0),
        fields.measured("softMass"),
        fields.countsByName("errors"));
  }
}

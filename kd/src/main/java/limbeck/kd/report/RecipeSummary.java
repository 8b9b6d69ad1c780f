package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * The recipe with every convention that numbers depend on.
 *
 * @param name name of the recipe
 * @param paper paper that it follows
 * @param temperature temperature of the main stage; NaN if there is none
 * @param conventions value by name in the order they are printed; {@code hardWeight}, {@code
 *     softWeight}, {@code temperature}, {@code temperatureSquared}, {@code reduction}, {@code
 *     direction} and any other, strings, numbers or booleans
 */
public record RecipeSummary(
    String name, String paper, double temperature, Map<String, Object> conventions) {

  /** Copies the conventions in their order. */
  public RecipeSummary {
    conventions = Ordered.values(conventions);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("name", name)
        .put("paper", paper)
        .put("temperature", temperature)
        .member("conventions", conventions)
        .map();
  }

  static RecipeSummary read(JsonFields fields) throws FormatException {
    return new RecipeSummary(
        fields.text("name"),
        fields.text("paper"),
        fields.measured("temperature"),
        fields.members("conventions"));
  }
}

package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * What was run, when, and how to run it again.
 *
 * @param recipe name of the recipe
 * @param summary one sentence of what was run
 * @param started the first time, ISO 8601, UTC
 * @param seconds of work, all starts together; what a killed one did is not counted
 * @param seeds seeds in the order in which differences list them
 * @param interrupted times the run was resumed
 * @param command command that gives the same run
 */
public record Run(
    String recipe,
    String summary,
    String started,
    double seconds,
    List<Long> seeds,
    int interrupted,
    String command) {

  /**
   * Copies the seeds.
   *
   * @throws IllegalArgumentException without seeds, or if the duration is not finite or below 0
   */
  public Run {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("run: a report needs at least one seed");
    }
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException("run: its duration is " + seconds + " s");
    }
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("recipe", recipe)
        .put("summary", summary)
        .put("started", started)
        .put("seconds", seconds)
        .member("seeds", seeds)
        .count("interrupted", interrupted)
        .put("command", command)
        .map();
  }

  static Run read(JsonFields fields) throws FormatException {
    return new Run(
        fields.text("recipe"),
        fields.text("summary"),
        fields.text("started"),
        fields.number("seconds"),
        fields.wholes("seeds"),
        fields.integer("interrupted", 0),
        fields.text("command"));
  }
}

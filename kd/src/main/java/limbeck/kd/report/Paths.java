package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Measure;

/**
 * The way from the teacher to the student.
 *
 * @param chain teacher, assistants and student, in the order of training
 * @param considered paths that were compared on validation data
 * @param schedules what changes over the epochs
 */
public record Paths(List<Hop> chain, List<Considered> considered, List<Schedule> schedules) {
  /** No path to tell of: one hop from the teacher to the student. */
  public static final Paths NONE = new Paths(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Paths {
    chain = List.copyOf(chain);
    considered = List.copyOf(considered);
    schedules = List.copyOf(schedules);
  }

  /**
   * One arm of the chain.
   *
   * @param arm id of the arm
   * @param taughtBy ids of the arms that taught it, nearest last; none for the teacher
   * @param method how; null for the teacher
   * @param detail its settings; may be null
   * @param epochs number of epochs; below 0 if it says nothing
   */
  public record Hop(String arm, List<String> taughtBy, String method, String detail, int epochs) {
    /** Copies the list. */
    public Hop {
      taughtBy = List.copyOf(taughtBy);
    }

    Map<String, Object> json() {
      return new JsonObject()
          .put("arm", arm)
          .member("taughtBy", taughtBy)
          .put("method", method)
          .put("detail", detail)
          .count("epochs", epochs)
          .map();
    }

    static Hop read(JsonFields fields) throws FormatException {
      return new Hop(
          fields.text("arm"),
          fields.texts("taughtBy"),
          fields.text("method", null),
          fields.text("detail", null),
          fields.integer("epochs", -1));
    }
  }

  /**
   * One path that was considered.
   *
   * @param path its sizes, teacher first
   * @param measure what paths were chosen by
   * @param validation of that, on validation data: errors in percent, correlation times 100
   * @param chosen whether it was taken, with more seeds than any other
   * @param seeds with which it was taken; none where it was chosen for all together
   */
  public record Considered(
      List<String> path, Measure measure, double validation, boolean chosen, List<Long> seeds) {
    /** Copies the lists. */
    public Considered {
      path = List.copyOf(path);
      seeds = List.copyOf(seeds);
    }

    /**
     * Whether it was chosen, and with which seeds if not with all; empty if never.
     *
     * @param all how many seeds the run has
     */
    public String choice(int all) {
      String word = chosen || !seeds.isEmpty() ? "chosen" : "";
      if (seeds.isEmpty() || seeds.size() == all) {
        return word;
      }
      String numbers = String.join(", ", seeds.stream().map(String::valueOf).toList());
      return word + (seeds.size() == 1 ? " with seed " : " with seeds ") + numbers;
    }

    /** What was compared: {@code validation error}. */
    public String name() {
      return measure == Measure.ERRORS ? "validation error" : "validation Pearson × 100";
    }

    /** The figure as it is shown. */
    public String said() {
      return measure == Measure.ERRORS
          ? NumberFormats.percentOf(validation)
          : NumberFormats.fixed(validation, 2);
    }

    private static String key(Measure measure) {
      return measure == Measure.ERRORS ? "validationError" : "validationPearson";
    }

    Map<String, Object> json() {
      return new JsonObject()
          .member("path", path)
          .put(key(measure), validation)
          .ifTrue("chosen", chosen)
          .put("seeds", seeds)
          .map();
    }

    static Considered read(JsonFields fields) throws FormatException {
      Measure measure = fields.has(key(Measure.PEARSON)) ? Measure.PEARSON : Measure.ERRORS;
      return new Considered(
          fields.texts("path"),
          measure,
          fields.measured(key(measure)),
          fields.flag("chosen", false),
          fields.wholes("seeds"));
    }
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("chain", chain.stream().map(Hop::json).toList())
        .put("considered", considered.stream().map(Considered::json).toList())
        .put("schedules", schedules.stream().map(Schedule::json).toList())
        .map();
  }

  static Paths read(JsonFields fields) throws FormatException {
    return new Paths(
        fields.objects("chain", Hop::read),
        fields.objects("considered", Considered::read),
        fields.objects("schedules", Schedule::read));
  }
}

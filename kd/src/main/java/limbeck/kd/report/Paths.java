package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

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
   * @param validationError percent
   * @param chosen whether it was taken, with more seeds than any other
   * @param seeds with which it was taken; none where it was chosen for all together
   */
  public record Considered(
      List<String> path, double validationError, boolean chosen, List<Long> seeds) {
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

    Map<String, Object> json() {
      return new JsonObject()
          .member("path", path)
          .put("validationError", validationError)
          .ifTrue("chosen", chosen)
          .put("seeds", seeds)
          .map();
    }

    static Considered read(JsonFields fields) throws FormatException {
      return new Considered(
          fields.texts("path"),
          fields.measured("validationError"),
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

package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * What one stage of a run cost, as means per seed.
 *
 * @param stage name of the stage
 * @param arm id of the arm it served; may be null
 * @param epochs passes over the training data; below 0 if it has none
 * @param seconds elapsed time
 * @param cpuSeconds time of all cores together; NaN if not measured
 * @param teacherForwards forward passes of a teacher, in examples; below 0 if unknown
 * @param bytesWritten bytes written to disk; below 0 if unknown
 * @param once whether it is paid once, not for every student
 */
public record Cost(
    String stage,
    String arm,
    int epochs,
    double seconds,
    double cpuSeconds,
    long teacherForwards,
    long bytesWritten,
    boolean once) {

  /** Checks that the elapsed time is finite and not below 0. */
  public Cost {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException("cost of " + stage + ": its time is " + seconds + " s");
    }
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("stage", stage)
        .put("arm", arm)
        .count("epochs", epochs)
        .put("seconds", seconds)
        .put("cpuSeconds", cpuSeconds)
        .count("teacherForwards", teacherForwards)
        .count("bytesWritten", bytesWritten)
        .ifTrue("once", once)
        .map();
  }

  static Cost read(JsonFields fields) throws FormatException {
    return new Cost(
        fields.text("stage"),
        fields.text("arm", null),
        fields.integer("epochs", -1),
        fields.number("seconds"),
        fields.measured("cpuSeconds"),
        fields.count("teacherForwards"),
        fields.count("bytesWritten"),
        fields.flag("once", false));
  }
}

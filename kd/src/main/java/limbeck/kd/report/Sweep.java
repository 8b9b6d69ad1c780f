package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * One arm at each value of a parameter that was tried.
 *
 * @param parameter name of the parameter
 * @param label what its axis says; the name where there is nothing better
 * @param log whether its values belong on a logarithmic axis
 * @param arm id of the arm; where each value has an arm of its own, that of the main value
 * @param name what the line is called, at most 14 letters; null for the arm's label
 * @param metric metric, such as {@code errors}
 * @param split split that it was measured on, {@code validation} or {@code test}
 * @param chosen value that was chosen on validation data; NaN if none was
 * @param baseline the same metric of a baseline that all values have in common; null if there is
 *     none
 * @param points the values with what they came to
 */
public record Sweep(
    String parameter,
    String label,
    boolean log,
    String arm,
    String name,
    String metric,
    String split,
    double chosen,
    Baseline baseline,
    List<Point> points) {

  /** Copies the points. */
  public Sweep {
    points = List.copyOf(points);
  }

  /**
   * What the values are compared with.
   *
   * @param arm id of the arm
   * @param mean its mean
   * @param low lower end of its interval; NaN without one
   * @param high upper end; NaN without one
   */
  public record Baseline(String arm, double mean, double low, double high) {
    Map<String, Object> json() {
      return new JsonObject()
          .put("arm", arm)
          .put("mean", mean)
          .put("low", low)
          .put("high", high)
          .map();
    }

    static Baseline read(JsonFields fields) throws FormatException {
      return new Baseline(
          fields.text("arm"),
          fields.number("mean"),
          fields.measured("low"),
          fields.measured("high"));
    }
  }

  /**
   * One value that was tried.
   *
   * @param value the value
   * @param arm id of the arm of this value; null where the values have no arms of their own
   * @param mean mean of the metric
   * @param low lower end of its interval; NaN without one
   * @param high upper end; NaN without one
   * @param gain against the student alone of the same value; null if there is none
   */
  public record Point(double value, String arm, double mean, double low, double high, Gain gain) {
    Map<String, Object> json() {
      JsonObject object =
          new JsonObject()
              .put("value", value)
              .put("arm", arm)
              .put("mean", mean)
              .put("low", low)
              .put("high", high);
      if (gain != null) {
        object.member("gain", gain.json());
      }
      return object.map();
    }

    static Point read(JsonFields fields) throws FormatException {
      return new Point(
          fields.number("value"),
          fields.text("arm", null),
          fields.number("mean"),
          fields.measured("low"),
          fields.measured("high"),
          fields.has("gain") ? fields.object("gain", Gain::read) : null);
    }
  }

  /**
   * How much better an arm is than a baseline, paired by seed: above 0 where it makes fewer errors.
   *
   * @param baseline id of the baseline
   * @param mean mean of baseline − arm over seeds
   * @param low lower end of its interval; NaN without one
   * @param high upper end; NaN without one
   */
  public record Gain(String baseline, double mean, double low, double high) {
    Map<String, Object> json() {
      return new JsonObject()
          .put("baseline", baseline)
          .put("mean", mean)
          .put("low", low)
          .put("high", high)
          .map();
    }

    static Gain read(JsonFields fields) throws FormatException {
      return new Gain(
          fields.text("baseline"),
          fields.number("mean"),
          fields.measured("low"),
          fields.measured("high"));
    }
  }

  /** Returns the points whose gain is known. */
  public List<Point> gains() {
    return points.stream().filter(p -> p.gain() != null).toList();
  }

  /** Returns the value that the arm itself is of; NaN where values have no arms of their own. */
  public double main() {
    return points.stream()
        .filter(p -> arm.equals(p.arm()))
        .mapToDouble(Point::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  Map<String, Object> json() {
    JsonObject object =
        new JsonObject()
            .put("parameter", parameter)
            .put("label", label)
            .ifTrue("log", log)
            .put("arm", arm)
            .put("name", name)
            .put("metric", metric)
            .put("split", split)
            .put("chosen", chosen);
    if (baseline != null) {
      object.member("baseline", baseline.json());
    }
    return object.member("points", points.stream().map(Point::json).toList()).map();
  }

  static Sweep read(JsonFields fields) throws FormatException {
    String parameter = fields.text("parameter");
    return new Sweep(
        parameter,
        fields.text("label", parameter),
        fields.flag("log", false),
        fields.text("arm"),
        fields.text("name", null),
        fields.text("metric"),
        fields.text("split"),
        fields.measured("chosen"),
        fields.has("baseline") ? fields.object("baseline", Baseline::read) : null,
        fields.objects("points", Point::read));
  }
}

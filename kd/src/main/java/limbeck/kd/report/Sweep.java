package limbeck.kd.report;

import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * Values of one parameter that were tried, judged on validation data.
 *
 * @param parameter name of the parameter
 * @param log whether its values belong on a logarithmic axis
 * @param arm id of the arm
 * @param metric metric, such as {@code errors}
 * @param split split that chose, {@code validation}
 * @param chosen value that was chosen
 * @param baseline the same metric of the baseline; null if there is none
 * @param points the values with what they came to
 */
public record Sweep(
    String parameter,
    boolean log,
    String arm,
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
   * @param mean mean of the metric
   * @param low lower end of its interval; NaN without one
   * @param high upper end; NaN without one
   */
  public record Point(double value, double mean, double low, double high) {
    Map<String, Object> json() {
      return new JsonObject()
          .put("value", value)
          .put("mean", mean)
          .put("low", low)
          .put("high", high)
          .map();
    }

    static Point read(JsonFields fields) throws FormatException {
      return new Point(
          fields.number("value"),
          fields.number("mean"),
          fields.measured("low"),
          fields.measured("high"));
    }
  }

  Map<String, Object> json() {
    JsonObject object =
        new JsonObject()
            .put("parameter", parameter)
            .ifTrue("log", log)
            .put("arm", arm)
            .put("metric", metric)
            .put("split", split)
            .put("chosen", chosen);
    if (baseline != null) {
      object.member("baseline", baseline.json());
    }
    return object.member("points", points.stream().map(Point::json).toList()).map();
  }

  static Sweep read(JsonFields fields) throws FormatException {
    return new Sweep(
        fields.text("parameter"),
        fields.flag("log", false),
        fields.text("arm"),
        fields.text("metric"),
        fields.text("split"),
        fields.measured("chosen"),
        fields.has("baseline") ? fields.object("baseline", Baseline::read) : null,
        fields.objects("points", Point::read));
  }
}

package limbeck.kd.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import limbeck.engine.io.FormatException;

/**
 * Settings of one arm that change over the epochs.
 *
 * @param arm id of the arm
 * @param epochs number of epochs
 * @param phases named phases
 * @param series one per setting
 */
public record Schedule(String arm, int epochs, List<Phase> phases, List<Series> series) {
  /** Copies the lists. */
  public Schedule {
    phases = List.copyOf(phases);
    series = List.copyOf(series);
  }

  /**
   * A phase.
   *
   * @param from epoch it starts with
   * @param to epoch it ends before
   * @param label its name
   */
  public record Phase(double from, double to, String label) {
    Map<String, Object> json() {
      return new JsonObject().put("from", from).put("to", to).put("label", label).map();
    }

    static Phase read(JsonFields fields) throws FormatException {
      return new Phase(fields.number("from"), fields.number("to"), fields.text("label"));
    }
  }

  /**
   * One point of a series.
   *
   * @param epoch epoch from which the value holds
   * @param value the value; NaN ends the line
   */
  public record Point(double epoch, double value) {}

  /**
   * The steps of one setting.
   *
   * @param name the setting
   * @param points its values
   * @param range lowest and highest value of its axis; empty to take them from the points
   * @param log whether its axis is logarithmic
   */
  public record Series(String name, List<Point> points, List<Double> range, boolean log) {
    /** Copies the lists. */
    public Series {
      points = List.copyOf(points);
      range = List.copyOf(range);
    }

    Map<String, Object> json() {
      List<Object> pairs = new ArrayList<>();
      for (Point point : points) {
        pairs.add(JsonObject.value(List.of(point.epoch(), point.value())));
      }
      return new JsonObject()
          .put("name", name)
          .member("points", pairs)
          .put("range", range)
          .ifTrue("log", log)
          .map();
    }

    static Series read(JsonFields fields) throws FormatException {
      List<Point> points = new ArrayList<>();
      for (Object pair : fields.list("points")) {
        points.add(point(pair));
      }
      return new Series(
          fields.text("name"), points, fields.numbers("range"), fields.flag("log", false));
    }

    private static Point point(Object pair) throws FormatException {
      if (pair instanceof List<?> both
          && both.size() == 2
          && both.get(0) instanceof Number epoch
          && (both.get(1) == null || both.get(1) instanceof Number)) {
        double value = both.get(1) instanceof Number number ? number.doubleValue() : Double.NaN;
        return new Point(epoch.doubleValue(), value);
      }
      throw new FormatException(
          "report.json: points of a schedule must be pairs of epoch and value or null");
    }
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("arm", arm)
        .count("epochs", epochs)
        .put("phases", phases.stream().map(Phase::json).toList())
        .put("series", series.stream().map(Series::json).toList())
        .map();
  }

  static Schedule read(JsonFields fields) throws FormatException {
    return new Schedule(
        fields.text("arm"),
        fields.integer("epochs", -1),
        fields.objects("phases", Phase::read),
        fields.objects("series", Series::read));
  }
}

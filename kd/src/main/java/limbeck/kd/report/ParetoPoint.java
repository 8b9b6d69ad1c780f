package limbeck.kd.report;

import java.util.Map;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Measure;

/**
 * One network in the plane of cost and what it is judged by.
 *
 * @param role role, which gives colour and shape
 * @param arm id of the arm; null for a size that is no arm of the run
 * @param label its label, such as its width
 * @param parameters number of parameters; below 0 if unknown
 * @param bytes bytes of its weights; below 0 if unknown
 * @param multiplyAdds multiply-adds of one forward pass; below 0 if unknown
 * @param latencyMs latency at batch 1 in milliseconds; NaN if not measured
 * @param throughput examples per second at batch 64 on all workers; NaN if not measured
 * @param throughputOneCore the same on one core; NaN if not measured
 * @param measure what it is judged by
 * @param value mean of that over seeds, such as test errors
 * @param low lower end of their 95 % interval; NaN without one
 * @param high upper end; NaN without one
 */
public record ParetoPoint(
    String role,
    String arm,
    String label,
    long parameters,
    long bytes,
    long multiplyAdds,
    double latencyMs,
    double throughput,
    double throughputOneCore,
    Measure measure,
    double value,
    double low,
    double high) {

  /** A point whose throughput was not measured. */
  public ParetoPoint(
      String role,
      String arm,
      String label,
      long parameters,
      long bytes,
      long multiplyAdds,
      double latencyMs,
      Measure measure,
      double value,
      double low,
      double high) {
    this(
        role,
        arm,
        label,
        parameters,
        bytes,
        multiplyAdds,
        latencyMs,
        Double.NaN,
        Double.NaN,
        measure,
        value,
        low,
        high);
  }

  /** Returns the value as a cost: the lower, the better. */
  public double cost() {
    return measure.cost(value);
  }

  Map<String, Object> json() {
    return new JsonObject()
        .put("role", role)
        .member("arm", arm)
        .put("label", label)
        .count("parameters", parameters)
        .count("bytes", bytes)
        .count("multiplyAdds", multiplyAdds)
        .put("latencyMs", latencyMs)
        .put("throughput", throughput)
        .put("throughputOneCore", throughputOneCore)
        .put(measure.word(), value)
        .put("low", low)
        .put("high", high)
        .map();
  }

  static ParetoPoint read(JsonFields fields) throws FormatException {
    Measure measure = fields.has(Measure.PEARSON.word()) ? Measure.PEARSON : Measure.ERRORS;
    return new ParetoPoint(
        fields.text("role"),
        fields.text("arm", null),
        fields.text("label"),
        fields.count("parameters"),
        fields.count("bytes"),
        fields.count("multiplyAdds"),
        fields.measured("latencyMs"),
        fields.measured("throughput"),
        fields.measured("throughputOneCore"),
        measure,
        fields.number(measure.word()),
        fields.measured("low"),
        fields.measured("high"));
  }
}

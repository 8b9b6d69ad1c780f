package limbeck.kd.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import limbeck.engine.io.FormatException;
import limbeck.kd.metric.Measure;

/**
 * One trained network: an arm at a seed, with its figures on the test set.
 *
 * <p>A figure that was not measured is NaN, a count below 0; both are left out of the JSON.
 *
 * @param role {@code teacher}, {@code assistant}, {@code student} or {@code distilled}
 * @param arm id of the arm; null where the role has only one arm
 * @param seed seed of initialisation and data order
 * @param errors number of test errors
 * @param accuracy share of test examples that are right
 * @param nll mean negative log-likelihood in nats
 * @param ece expected calibration error, a fraction
 * @param agreement share of test examples on which it chooses what the teacher chooses
 * @param klToTeacher mean KL(teacher ‖ network) at temperature 1, in nats
 * @param parameters number of parameters
 * @param embeddingParameters how many of them are vectors of tokens, looked up and not multiplied
 * @param bytes bytes of the weights
 * @param multiplyAdds multiply-adds of one forward pass
 * @param latencyMs median latency at batch 1, in milliseconds
 * @param throughput examples per second at batch 64 on all workers
 * @param throughputOneCore the same on one core
 * @param weightsSha256 SHA-256 of the weights, hexadecimal; may be null
 * @param more further figures by name, such as those of sequence tasks
 */
public record Row(
    String role,
    String arm,
    long seed,
    long errors,
    double accuracy,
    double nll,
    double ece,
    double agreement,
    double klToTeacher,
    long parameters,
    long embeddingParameters,
    long bytes,
    long multiplyAdds,
    double latencyMs,
    double throughput,
    double throughputOneCore,
    String weightsSha256,
    Map<String, Double> more) {

  private static final Set<String> FIELDS =
      Set.of(
          "role",
          "arm",
          "seed",
          "errors",
          "accuracy",
          "nll",
          "ece",
          "agreement",
          "klToTeacher",
          "parameters",
          "embeddingParameters",
          "bytes",
          "multiplyAdds",
          "latencyMs",
          "throughput",
          "throughputOneCore",
          "weightsSha256");

  /**
   * Copies the further figures.
   *
   * @throws IllegalArgumentException if one of them has the name of a field
   */
  public Row {
    more = Ordered.copy(more);
    for (String name : more.keySet()) {
      if (FIELDS.contains(name)) {
        throw new IllegalArgumentException(
            "row of " + role + ": the further figure " + name + " is a field of its own");
      }
    }
  }

  /** Starts a row without figures. */
  public static RowBuilder of(String role, long seed) {
    return new RowBuilder(role, seed);
  }

  /** Returns the id of the arm, which is the role where the role has only one arm. */
  public String armId() {
    return arm == null ? role : arm;
  }

  /** Returns what the network is judged by; NaN if that was not measured. */
  public double value(Measure measure) {
    return switch (measure) {
      case ERRORS -> errors < 0 ? Double.NaN : errors;
      case PEARSON -> more.getOrDefault(measure.word(), Double.NaN);
    };
  }

  Map<String, Object> json() {
    JsonObject object =
        new JsonObject()
            .put("role", role)
            .put("arm", arm)
            .whole("seed", seed)
            .count("errors", errors)
            .put("accuracy", accuracy)
            .put("nll", nll)
            .put("ece", ece)
            .put("agreement", agreement)
            .put("klToTeacher", klToTeacher)
            .count("parameters", parameters)
            .count("embeddingParameters", embeddingParameters)
            .count("bytes", bytes)
            .count("multiplyAdds", multiplyAdds)
            .put("latencyMs", latencyMs)
            .put("throughput", throughput)
            .put("throughputOneCore", throughputOneCore)
            .put("weightsSha256", weightsSha256);
    more.forEach((name, value) -> object.put(name, (double) value));
    return object.map();
  }

  static Row read(JsonFields fields) throws FormatException {
    Map<String, Double> more = new LinkedHashMap<>();
    for (String name : fields.names()) {
      if (!FIELDS.contains(name) && fields.raw(name) instanceof Number number) {
        more.put(name, number.doubleValue());
      }
    }
    return new Row(
        fields.text("role"),
        fields.text("arm", null),
        fields.whole("seed"),
        fields.count("errors"),
        fields.measured("accuracy"),
        fields.measured("nll"),
        fields.measured("ece"),
        fields.measured("agreement"),
        fields.measured("klToTeacher"),
        fields.count("parameters"),
        fields.count("embeddingParameters"),
        fields.count("bytes"),
        fields.count("multiplyAdds"),
        fields.measured("latencyMs"),
        fields.measured("throughput"),
        fields.measured("throughputOneCore"),
        fields.text("weightsSha256", null),
        more);
  }
}

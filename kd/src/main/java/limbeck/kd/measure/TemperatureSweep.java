package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import limbeck.kd.metric.SoftTargetStatistics;
import limbeck.kd.report.TemperaturePoint;

/**
 * How much the softened probabilities of teacher, student and distilled student hold, and how far
 * those of the students are from what the student is taught, at several temperatures. Networks of
 * the first seed.
 */
public final class TemperatureSweep {
  private static final List<Double> TEMPERATURES =
      List.of(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 20.0);

  private TemperatureSweep() {}

  /** One point a temperature, ascending, the recipe's own among them; empty without a teacher. */
  public static List<TemperaturePoint> of(Results results) {
    Map<String, float[]> logits = results.firstLogits();
    List<TemperaturePoint> points = new ArrayList<>();
    if (logits.isEmpty()) {
      return points;
    }
    TreeSet<Double> temperatures = new TreeSet<>(TEMPERATURES);
    temperatures.add(results.shownTemperature());
    for (double t : temperatures) {
      points.add(point(logits, results.classes(), t));
    }
    return points;
  }

  private static TemperaturePoint point(Map<String, float[]> logits, int classes, double t) {
    Map<String, Double> entropy = new LinkedHashMap<>();
    Map<String, Double> divergence = new LinkedHashMap<>();
    float[] target = logits.get(Results.targetRole(logits));
    logits.forEach(
        (role, z) -> {
          entropy.put(role, SoftTargetStatistics.entropy(z, classes, t));
          if (role.equals("student") || role.equals("distilled")) {
            divergence.put(role, SoftTargetStatistics.kl(target, z, classes, t));
          }
        });
    return new TemperaturePoint(t, entropy, divergence);
  }
}

package limbeck.kd.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import limbeck.kd.recipe.Arm;
import limbeck.kd.report.ConfusablePair;

/**
 * The pairs of classes between which the soft targets that the student is taught put most mass, and
 * how often each network takes one for the other.
 */
public final class ConfusablePairs {
  private static final int MOST = 10;

  private ConfusablePairs() {}

  /** At most ten pairs, most soft mass first; empty without a teacher. */
  public static List<ConfusablePair> of(Results results) {
    Map<String, Arm> roles = results.roles();
    if (roles.isEmpty()) {
      return List.of();
    }
    double[][] mass = softMass(results, roles.get(Results.targetRole(roles)));
    Map<String, long[][]> counts = new LinkedHashMap<>();
    roles.forEach((role, arm) -> counts.put(role, results.classification(arm).counts()));
    List<ConfusablePair> pairs = new ArrayList<>();
    for (int a = 0; a < mass.length; a++) {
      for (int b = a + 1; b < mass.length; b++) {
        pairs.add(new ConfusablePair(a, b, mass[a][b], errors(counts, a, b)));
      }
    }
    // stable: of equal ones the first classes come first
    pairs.sort(Comparator.comparingDouble(ConfusablePair::softMass).reversed());
    return List.copyOf(pairs.subList(0, Math.min(MOST, pairs.size())));
  }

  private static Map<String, Long> errors(Map<String, long[][]> counts, int a, int b) {
    Map<String, Long> errors = new LinkedHashMap<>();
    counts.forEach((role, c) -> errors.put(role, c[a][b] + c[b][a]));
    return errors;
  }

  /**
   * For each pair a below b the mean probability, over all examples of both classes and all seeds,
   * that the teacher gives the other class at the recipe's temperature; 0 where there is no
   * example.
   */
  private static double[][] softMass(Results results, Arm teacher) {
    int classes = results.classes();
    int[] labels = results.labels();
    double t = results.shownTemperature();
    double[][] sum = new double[classes][classes];
    long[] examples = new long[classes];
    double[] p = new double[classes];
    for (Measured m : results.of(teacher)) {
      for (int i = 0; i < labels.length; i++) {
        Softened.row(m.logits(), i, t, p);
        examples[labels[i]]++;
        for (int c = 0; c < classes; c++) {
          sum[Math.min(labels[i], c)][Math.max(labels[i], c)] += p[c];
        }
      }
    }
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        sum[a][b] /= Math.max(1, examples[a] + examples[b]);
      }
    }
    return sum;
  }
}

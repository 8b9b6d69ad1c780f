package limbeck.kd.specialist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.random.Philox;
import limbeck.kd.specialist.Consensus.Opinion;
import org.junit.jupiter.api.Test;

class ConsensusTest {
  private static final double[] GENERALIST = {0.4, 0.3, 0.2, 0.06, 0.04};

  private static Opinion opinion(SpecialClasses classes, double... p) {
    return new Opinion(classes.outputsOfClasses(), p);
  }

  private static SpecialClasses special(Integer... classes) {
    return new SpecialClasses(GENERALIST.length, List.of(classes));
  }

  /** Two specialists that share class 1 and contradict each other. */
  private static Consensus two() {
    return new Consensus(
        GENERALIST,
        List.of(
            opinion(special(0, 1), 0.1, 0.7, 0.2), opinion(special(1, 2, 4), 0.2, 0.5, 0.1, 0.2)));
  }

  @Test
  void withoutSpecialistsItIsTheGeneralists() {
    assertArrayEquals(GENERALIST, new Consensus(GENERALIST, List.of()).solve());
  }

  /**
   * With one specialist: means for its classes; the others share the mean of what both give them in
   * the generalist's proportions.
   */
  @Test
  void oneSpecialist() {
    double[] q = new Consensus(GENERALIST, List.of(opinion(special(1, 2), 0.2, 0.7, 0.1))).solve();
    double others = (0.5 + 0.1) / 2;
    double[] expected = {others * 0.4 / 0.5, 0.25, 0.45, others * 0.06 / 0.5, others * 0.04 / 0.5};
    assertArrayEquals(expected, q, 1e-15);
  }

  /** A dustbin of one class is a class: the consensus is the mean. */
  @Test
  void aSpecialistForAllButOne() {
    double[] q =
        new Consensus(GENERALIST, List.of(opinion(special(0, 1, 2, 3), 0.1, 0.2, 0.3, 0.15, 0.25)))
            .solve();
    assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.105, 0.145}, q, 1e-15);
  }

  /** Who says what the generalist says changes nothing. */
  @Test
  void agreementIsKept() {
    double[] q =
        new Consensus(
                GENERALIST,
                List.of(
                    opinion(special(0, 1), 0.4, 0.3, 0.3), opinion(special(1, 4), 0.3, 0.04, 0.66)))
            .solve();
    assertArrayEquals(GENERALIST, q, 1e-12);
  }

  @Test
  void theGradientIsTheDerivative() {
    Consensus c = two();
    double[] z = {0.3, -0.2, 0.8, -1, 0.1};
    double[] gradient = c.gradient(softmax(z));
    double step = 1e-5;
    for (int k = 0; k < z.length; k++) {
      double[] up = z.clone();
      double[] down = z.clone();
      up[k] += step;
      down[k] -= step;
      double difference = (c.objective(softmax(up)) - c.objective(softmax(down))) / (2 * step);
      // the third derivative is below 10, and the objective has 16 digits
      assertEquals(difference, gradient[k], 1e-9, "class " + k);
    }
  }

  private static double[] softmax(double[] z) {
    return Probabilities.softmax(z.clone());
  }

  /** No point of a grid is better, and the best one is next to the solution. */
  @Test
  void noOtherDistributionIsBetter() {
    Consensus c =
        new Consensus(
            new double[] {0.5, 0.3, 0.2},
            List.of(
                new Opinion(new int[] {0, 1, 1}, new double[] {0.2, 0.8}),
                new Opinion(new int[] {1, 0, 1}, new double[] {0.1, 0.9})));
    double[] q = c.solve();
    double least = c.objective(q);
    double[] best = null;
    double bestValue = Double.POSITIVE_INFINITY;
    int n = 400;
    for (int i = 1; i < n; i++) {
      for (int j = 1; i + j < n; j++) {
        double[] other = {(double) i / n, (double) j / n, (double) (n - i - j) / n};
        double value = c.objective(other);
        assertTrue(value >= least, () -> value + " < " + least);
        if (value < bestValue) {
          bestValue = value;
          best = other;
        }
      }
    }
    assertArrayEquals(best, q, 2.0 / n);
  }

  /** The paper's way, with one rate for all classes, ends at the same place. */
  @Test
  void plainGradientDescentEndsThere() {
    Consensus c = two();
    double[] z = new double[GENERALIST.length];
    for (int step = 0; step < 20_000; step++) {
      double[] gradient = c.gradient(softmax(z));
      for (int k = 0; k < z.length; k++) {
        z[k] -= gradient[k] * 0.5;
      }
    }
    // a step leaves 2 of 3 parts of the distance, so twice the last change is left
    assertArrayEquals(softmax(z), c.solve(), 2 * Consensus.TOLERANCE);
  }

  private static Consensus contradicting(Philox random, int trial, double scale) {
    int classes = 3 + trial % 8;
    List<Opinion> opinions = new ArrayList<>();
    for (int m = 0; m < 1 + trial % 4; m++) {
      List<Integer> special = new ArrayList<>();
      for (int k = 0; k < classes - 1; k++) {
        if (k == m % (classes - 1) || random.uniform(1000 + 50 * m + k) < 0.5) {
          special.add(k);
        }
      }
      SpecialClasses set = new SpecialClasses(classes, special);
      opinions.add(opinion(set, drawn(random.stream(m), set.outputs(), scale)));
    }
    return new Consensus(drawn(random, classes, scale), opinions);
  }

  private static double[] drawn(Philox random, int n, double scale) {
    double[] z = new double[n];
    for (int k = 0; k < n; k++) {
      z[k] = scale * random.normal(k);
    }
    return Probabilities.softmax(z);
  }

  @Test
  void theGradientIsZeroInTheEnd() {
    for (int trial = 0; trial < 50; trial++) {
      Consensus c = contradicting(new Philox(5).stream(trial), trial, 1);
      double[] q = c.solve();
      double sum = 0;
      for (int k = 0; k < q.length; k++) {
        // (M + 1) times what the next step changes, which is less than the last one did
        assertEquals(0, c.gradient(q)[k], 5 * Consensus.TOLERANCE);
        sum += q[k];
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  /** Probabilities over many orders of magnitude: the bound of a solution that is not finished. */
  @Test
  void whoContradictsIsHeardWithinTheBound() {
    for (int trial = 0; trial < 50; trial++) {
      Philox random = new Philox(6).stream(trial);
      Consensus c = contradicting(random, trial, 5);
      int models = 2 + trial % 4;
      double[] q = c.solve();
      double[] further = q.clone();
      for (int step = 0; step < 50_000; step++) {
        double[] gradient = c.gradient(further);
        for (int k = 0; k < q.length; k++) {
          further[k] -= gradient[k] / models;
        }
      }
      double[] generalist = drawn(random, q.length, 5);
      double divergence = new Consensus(further, List.of()).objective(generalist);
      double bound = models * divergence / Consensus.MOST_STEPS;
      double above = c.objective(q) - c.objective(further);
      // the tolerance ends some before: a change of F by its square, which rounding hides
      assertTrue(above <= bound + 1e-9, () -> above + " > " + bound);
    }
  }

  /** A class the generalist thought impossible, of which a specialist is sure. */
  @Test
  void theImpossibleCanBecomeLikely() {
    double[] p = {1 - 1e-300, 1e-300, 1e-300};
    double[] q =
        new Consensus(p, List.of(new Opinion(new int[] {0, 1, 2}, new double[] {0, 1, 0}))).solve();
    assertEquals(0.5, q[0], 1e-12);
    assertEquals(0.5, q[1], 1e-12);
    assertTrue(q[2] > 0);
  }
}

package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.engine.op.OpContext;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.LogitMean.Kind;
import limbeck.kd.objective.SoftTargets;
import org.junit.jupiter.api.Test;

class EnsembleTeacherTest {
  /** Of the kernels' float64 exponential and logarithm, a few ulps each, on numbers up to 10. */
  private static final double ROUNDING = 1e-13;

  private static final double[] V = {4, 1, -2, 0.5};
  private static final double[] V2 = {0, 3, 1, 0};
  private static final double[] Z = {1, 2, 0, -1};
  private static final Batch BATCH =
      new Batch(Tensor.of(Shape.of(1, 1), 0.0), Tensor.of(Shape.of(1), 0), new int[] {0});

  private static Teacher fixed(double... logits) {
    return new CachedTeacher(Tensor.of(Shape.of(1, logits.length), logits));
  }

  private static double[] logits(Teacher teacher) {
    Tensor t = teacher.logits(BATCH, new OpContext());
    double[] all = new double[t.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = t.get(i);
    }
    return all;
  }

  private static double[] softmax(double[] logits, double temperature) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(logits[i] / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static double[] gradient(Teacher teacher, double temperature) {
    try (Tape tape = Tape.open(new OpContext())) {
      Var student = Var.input(Tensor.of(Shape.of(1, 4), Z));
      Outputs taught = Outputs.detached(Tensor.of(Shape.of(1, 4), logits(teacher)));
      tape.backward(new SoftTargets(temperature).loss(new Outputs(student), taught, BATCH));
      double[] g = new double[4];
      for (int i = 0; i < 4; i++) {
        g[i] = student.gradient().get(i);
      }
      return g;
    }
  }

  private static EnsembleTeacher both(Kind kind, double temperature) {
    return new EnsembleTeacher(List.of(fixed(V), fixed(V2)), mean(kind, temperature));
  }

  /** Geometric means have no temperature. */
  private static LogitMean mean(Kind kind, double temperature) {
    return kind == Kind.GEOMETRIC ? LogitMean.GEOMETRIC : LogitMean.arithmetic(temperature);
  }

  @Test
  void means() {
    double[] arithmetic = {0.482067652, 0.427885114, 0.055940591, 0.034106644};
    double[] geometric = {0.443290128, 0.443290128, 0.036387470, 0.077032274};
    assertArrayEquals(arithmetic, softmax(logits(both(Kind.ARITHMETIC, 1)), 1), 1e-9);
    assertArrayEquals(geometric, softmax(logits(both(Kind.GEOMETRIC, 1)), 1), 1e-9);
  }

  @Test
  void arithmeticMeanIsOfTheSoftenedDistributions() {
    double[] p = softmax(V, 4);
    double[] q = softmax(V2, 4);
    double[] mean = softmax(logits(both(Kind.ARITHMETIC, 4)), 4);
    for (int i = 0; i < 4; i++) {
      assertEquals((p[i] + q[i]) / 2, mean[i], ROUNDING);
    }
  }

  /** At any temperature: the distribution is proportional to the product of the members'. */
  @Test
  void geometricMeanIsOfTheProduct() {
    for (double t : new double[] {1, 2, 5}) {
      double[] p = softmax(V, t);
      double[] q = softmax(V2, t);
      double[] mean = softmax(logits(both(Kind.GEOMETRIC, 1)), t);
      for (int i = 1; i < 4; i++) {
        double ratio = StrictMath.sqrt(p[i] * q[i] / (p[0] * q[0]));
        assertEquals(ratio, mean[i] / mean[0], ROUNDING);
      }
    }
  }

  /**
   * Each mean is where its sum of divergences is least, with the mean on the right or on the left.
   */
  @Test
  void meansAreTheNearestToAllMembers() {
    double[] p = softmax(V, 1);
    double[] q = softmax(V2, 1);
    double[] arithmetic = softmax(logits(both(Kind.ARITHMETIC, 1)), 1);
    double[] geometric = softmax(logits(both(Kind.GEOMETRIC, 1)), 1);
    for (int from = 0; from < 4; from++) {
      double[] a = moved(arithmetic, from);
      double[] g = moved(geometric, from);
      assertTrue(kl(p, arithmetic) + kl(q, arithmetic) < kl(p, a) + kl(q, a));
      assertTrue(kl(geometric, p) + kl(geometric, q) < kl(g, p) + kl(g, q));
    }
  }

  /** Some probability of one class given to the next. */
  private static double[] moved(double[] p, int from) {
    double[] moved = p.clone();
    double some = p[from] / 10;
    moved[from] -= some;
    moved[(from + 1) % p.length] += some;
    return moved;
  }

  private static double kl(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i] * StrictMath.log(p[i] / q[i]);
    }
    return sum;
  }

  /** The entropy is concave: H(Σ wₘ pₘ) ≥ Σ wₘ H(pₘ). */
  @Test
  void theArithmeticMeanIsLessCertainThanItsMembers() {
    Philox random = new Philox(5, 1);
    for (int round = 0; round < 50; round++) {
      double[] v = new double[4];
      double[] w = new double[4];
      for (int i = 0; i < 4; i++) {
        v[i] = random.below(round * 8 + i, 2000) / 100.0 - 10;
        w[i] = random.below(round * 8 + 4 + i, 2000) / 100.0 - 10;
      }
      double share = random.below(1000 + round, 1000) / 1000.0;
      Teacher both =
          new EnsembleTeacher(
              List.of(fixed(v), fixed(w)),
              new double[] {share, 1 - share},
              mean(Kind.ARITHMETIC, 1));
      double least = share * entropy(softmax(v, 1)) + (1 - share) * entropy(softmax(w, 1));
      assertTrue(entropy(softmax(logits(both), 1)) >= least - ROUNDING);
    }
  }

  private static double entropy(double[] p) {
    double sum = 0;
    for (double x : p) {
      sum -= x == 0 ? 0 : x * StrictMath.log(x);
    }
    return sum;
  }

  @Test
  void weightsWeigh() {
    double[] weights = {0.25, 0.75};
    List<Teacher> members = List.of(fixed(V), fixed(V2));
    double[] geometric = logits(new EnsembleTeacher(members, weights, mean(Kind.GEOMETRIC, 1)));
    double[] p =
        softmax(logits(new EnsembleTeacher(members, weights, mean(Kind.ARITHMETIC, 1))), 1);
    for (int i = 0; i < 4; i++) {
      assertEquals(0.25 * V[i] + 0.75 * V2[i], geometric[i], ROUNDING);
      assertEquals(0.25 * softmax(V, 1)[i] + 0.75 * softmax(V2, 1)[i], p[i], ROUNDING);
    }
  }

  @Test
  void gradientOfTheArithmeticMeanIsTheMeanOfGradients() {
    for (double t : new double[] {1, 2, 5}) {
      double[] one = gradient(fixed(V), t);
      double[] two = gradient(fixed(V2), t);
      double[] arithmetic = gradient(both(Kind.ARITHMETIC, t), t);
      double[] geometric = gradient(both(Kind.GEOMETRIC, t), t);
      double apart = 0;
      for (int i = 0; i < 4; i++) {
        double mean = (one[i] + two[i]) / 2;
        assertEquals(mean, arithmetic[i], ROUNDING);
        apart = Math.max(apart, Math.abs(mean - geometric[i]));
      }
      assertTrue(apart > 0.01, "geometric mean at T = " + t + " is apart by only " + apart);
    }
  }

  @Test
  void anEnsembleOfOneIsThatOneBitForBit() {
    for (Kind kind : Kind.values()) {
      assertArrayEquals(V, logits(new EnsembleTeacher(List.of(fixed(V)), mean(kind, 3))));
    }
  }

  @Test
  void aWeightOf0LeavesAMemberOut() {
    for (Kind kind : Kind.values()) {
      double[] weights = {0, 1, 0};
      List<Teacher> three = List.of(fixed(V2), fixed(V), fixed(V2));
      assertArrayEquals(V, logits(new EnsembleTeacher(three, weights, mean(kind, 3))));
    }
  }

  @Test
  void aGeometricMeanHasNoTemperature() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new LogitMean(Kind.GEOMETRIC, 3))
            .getMessage();
    assertTrue(message.contains("leave it out"), message);
  }

  @Test
  void orderMattersByRoundingOnly() {
    double[] v3 = {-1, 0.25, 7, 2};
    for (Kind kind : Kind.values()) {
      double[] a =
          softmax(
              logits(new EnsembleTeacher(List.of(fixed(V), fixed(V2), fixed(v3)), mean(kind, 2))),
              2);
      double[] b =
          softmax(
              logits(new EnsembleTeacher(List.of(fixed(v3), fixed(V), fixed(V2)), mean(kind, 2))),
              2);
      assertArrayEquals(a, b, ROUNDING);
    }
  }

  @Test
  void identicalTeachersAreThatTeacher() {
    for (Kind kind : Kind.values()) {
      Teacher same = new EnsembleTeacher(List.of(fixed(V), fixed(V), fixed(V)), mean(kind, 2));
      assertArrayEquals(softmax(V, 2), softmax(logits(same), 2), ROUNDING);
      assertArrayEquals(gradient(fixed(V), 2), gradient(same, 2), ROUNDING);
    }
  }

  @Test
  void aClassThatNobodyBelievesInHasAFiniteLogit() {
    Teacher sure = fixed(0, -2000, -3000, 5);
    for (double x : logits(new EnsembleTeacher(List.of(sure, sure), mean(Kind.ARITHMETIC, 1)))) {
      assertTrue(Double.isFinite(x), "logit " + x);
    }
  }

  @Test
  void refusesWhatIsNoEnsemble() {
    List<Teacher> two = List.of(fixed(V), fixed(V2));
    for (double[] weights :
        new double[][] {{1}, {0.5, 0.6}, {-0.5, 1.5}, {Double.NaN, 1}, {0.5, 0.25, 0.25}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new EnsembleTeacher(two, weights, mean(Kind.ARITHMETIC, 1)));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new EnsembleTeacher(List.of(), mean(Kind.GEOMETRIC, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> new EnsembleTeacher(two, mean(Kind.ARITHMETIC, 0)));
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> new EnsembleTeacher(List.of(fixed(V), fixed(1, 2)), mean(Kind.ARITHMETIC, 1)));
    assertEquals("ensemble: members have 4 and 2 classes", e.getMessage());
  }
}

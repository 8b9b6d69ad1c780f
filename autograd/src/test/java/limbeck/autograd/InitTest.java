package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions of new parameters, and what they depend on. */
class InitTest {
  private static final int N = 100_000;

  /**
   * Standard errors that a moment may be off: chance exceeds five in one of 1.7 million draws, and
   * the seeds are fixed.
   */
  private static final double MOST = 5;

  private static Tensor draw(Init init, long seed) {
    Tensor t = Tensor.zeros(DType.F64, Shape.of(N));
    init.fill(t, new Philox(seed, 1));
    return t;
  }

  private static double moment(Tensor t, int power) {
    double sum = 0;
    for (int i = 0; i < t.size(); i++) {
      sum += StrictMath.pow(t.get(i), power);
    }
    return sum / t.size();
  }

  /** Mean 0, standard error √(m2/N); mean square m2, standard error √((m4 − m2²)/N). */
  private static void assertMoments(Tensor t, double m2, double m4) {
    assertEquals(0, moment(t, 1), MOST * StrictMath.sqrt(m2 / N));
    assertEquals(m2, moment(t, 2), MOST * StrictMath.sqrt((m4 - m2 * m2) / N));
  }

  private static void assertUniform(Tensor t, double bound) {
    assertMoments(t, bound * bound / 3, StrictMath.pow(bound, 4) / 5);
    double largest = 0;
    for (int i = 0; i < N; i++) {
      assertTrue(t.get(i) >= -bound && t.get(i) < bound, "element " + i);
      largest = Math.max(largest, Math.abs(t.get(i)));
    }
    assertTrue(largest > bound * (1 - 20.0 / N)); // fails with probability e⁻²⁰
  }

  private static void assertNormal(Tensor t, double deviation) {
    double variance = deviation * deviation;
    assertMoments(t, variance, 3 * variance * variance);
    int within = 0;
    for (int i = 0; i < N; i++) {
      within += Math.abs(t.get(i)) < deviation ? 1 : 0;
    }
    double p = 0.682689492; // the normal distribution within one standard deviation
    assertEquals(p, (double) within / N, MOST * StrictMath.sqrt(p * (1 - p) / N));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7})
  void distributions(long seed) {
    assertUniform(draw(Init.uniform(0.25), seed), 0.25);
    assertNormal(draw(Init.normal(0.5), seed), 0.5);
    assertNormal(draw(Init.he(50), seed), 0.2);
    assertUniform(draw(Init.heUniform(24), seed), 0.5);
    assertUniform(draw(Init.xavier(10, 14), seed), 0.5);
    assertNormal(draw(Init.xavierNormal(30, 20), seed), 0.2);
    assertEquals(3, moment(draw(Init.constant(3), seed), 1));
    assertEquals(0, moment(draw(Init.normal(0), seed), 2));
  }

  /**
   * The normal distribution within two deviations: with φ(2) and Φ(2), m2 = 1 − 4φ/(2Φ − 1), and m4
   * = 3·m2 − 16φ/(2Φ − 1), integrating by parts.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -7})
  void truncatedNormal(long seed) {
    double deviation = 0.3;
    Tensor t = draw(Init.truncatedNormal(deviation), seed);
    double ratio = 0.05399096651318806 / 0.9544997361036416;
    double m2 = 1 - 4 * ratio;
    double m4 = 3 * m2 - 16 * ratio;
    assertEquals(0.8796, StrictMath.sqrt(m2), 1e-4); // as documented
    assertMoments(t, m2 * StrictMath.pow(deviation, 2), m4 * StrictMath.pow(deviation, 4));
    double[] limits = {0.5, 1, 1.5, 2};
    double[] within = {0.3829249225, 0.6826894921, 0.8663855975, 0.9544997361};
    for (int k = 0; k < limits.length; k++) {
      int found = 0;
      for (int i = 0; i < N; i++) {
        found += Math.abs(t.get(i)) <= limits[k] * deviation ? 1 : 0;
      }
      double p = within[k] / within[3];
      assertEquals(p, (double) found / N, MOST * StrictMath.sqrt(p * (1 - p) / N), "to " + k);
    }
  }

  /** What is not cut off is the normal initialiser's number; what is, is drawn elsewhere. */
  @Test
  void truncatedNormalKeepsWhatIsWithin() {
    Tensor whole = draw(Init.normal(1), 3);
    Tensor cut = draw(Init.truncatedNormal(1), 3);
    for (int i = 0; i < N; i++) {
      assertEquals(Math.abs(whole.get(i)) <= 2, whole.get(i) == cut.get(i), "element " + i);
    }
  }

  private static Tensor orthogonal(double gain, int... axes) {
    Tensor t = Tensor.zeros(DType.F64, Shape.of(axes));
    Init.orthogonal(gain).fill(t, new Philox(5, 1));
    return t;
  }

  /** The inner product of rows, or of columns, i and j of the matrix [rows, the rest]. */
  private static double product(Tensor t, boolean ofRows, int i, int j) {
    int rows = t.shape().axis(0);
    int columns = t.size() / rows;
    double sum = 0;
    for (int k = 0; k < (ofRows ? columns : rows); k++) {
      sum +=
          ofRows
              ? t.get(i * columns + k) * t.get(j * columns + k)
              : t.get(k * columns + i) * t.get(k * columns + j);
    }
    return sum;
  }

  private static void assertOrthonormal(Tensor t, double gain) {
    int rows = t.shape().axis(0);
    boolean byRows = rows <= t.size() / rows;
    int count = Math.min(rows, t.size() / rows);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = i == j ? gain * gain : 0;
        assertEquals(expected, product(t, byRows, i, j), 1e-12, t.shape() + ": " + i + ", " + j);
      }
    }
  }

  @Test
  void orthogonalRowsOrColumns() {
    int[][] shapes = {{1, 1}, {1, 7}, {7, 1}, {20, 20}, {33, 80}, {80, 33}, {100, 100}, {8, 3, 5}};
    for (int[] axes : shapes) {
      assertOrthonormal(orthogonal(1, axes), 1);
      assertOrthonormal(orthogonal(1.5, axes), 1.5);
    }
    assertOrthonormal(orthogonal(1, 64, 7, 3, 3), 1); // 64 rows of 63
    assertEquals(0, orthogonal(1, 0, 5).size());
    assertEquals(0, orthogonal(1, 5, 0).size());
  }

  /**
   * Even over all directions: an element of an orthogonal n × n matrix has mean 0 and variance 1/n,
   * its fourth moment is 3/(n(n + 2)), for there are no others; R with a positive diagonal makes
   * the trace of such a matrix average 0.
   */
  @Test
  void orthogonalIsEven() {
    int n = 6;
    int draws = 4000;
    double trace = 0;
    double fourth = 0;
    for (int d = 0; d < draws; d++) {
      Tensor t = Tensor.zeros(DType.F64, Shape.of(n, n));
      Init.orthogonal(1).fill(t, new Philox(d, 1));
      for (int i = 0; i < n; i++) {
        trace += t.get(i * n + i);
      }
      fourth += StrictMath.pow(t.get(0), 4);
    }
    assertEquals(0, trace / draws, MOST / StrictMath.sqrt(draws)); // a trace has variance 1
    double m8 = 105.0 / (n * (n + 2) * (n + 4) * (n + 6));
    double m4 = 3.0 / (n * (n + 2));
    assertEquals(m4, fourth / draws, MOST * StrictMath.sqrt((m8 - m4 * m4) / draws));
  }

  @Test
  void fans() {
    assertEquals(7, Init.fanIn(Shape.of(5, 7)));
    assertEquals(5, Init.fanOut(Shape.of(5, 7)));
    assertEquals(27, Init.fanIn(Shape.of(64, 3, 3, 3)));
    assertEquals(576, Init.fanOut(Shape.of(64, 3, 3, 3)));
  }

  @Test
  void linearLayersStartWithinOneOverRootIn() {
    Linear layer = new Linear(64, 1500);
    layer.init(1);
    double most = 0;
    for (Parameter p : new Parameter[] {layer.weight(), layer.bias()}) {
      for (int i = 0; i < p.value().size(); i++) {
        most = Math.max(most, Math.abs(p.value().get(i)));
      }
    }
    assertTrue(most <= 0.125 && most > 0.1249, "largest " + most);
  }

  @Test
  void numbersDependOnSeedAndPathAlone() {
    Linear alone = new Linear(7, 5);
    Sequential small = new Sequential(Activation.relu(), alone);
    small.init(9);
    Linear last = new Linear(7, 5);
    Linear other = new Linear(7, 5);
    new Sequential(new Linear(3, 7), last, other).init(9);
    assertSameBits(alone.weight().value(), last.weight().value(), "1.weight");
    assertSameBits(alone.bias().value(), last.bias().value(), "1.bias");
    assertNotEquals(last.weight().value().get(0), other.weight().value().get(0));
    Tensor before = alone.weight().value().own();
    small.init(10);
    assertNotEquals(before.get(0), alone.weight().value().get(0));
    small.init(9);
    assertSameBits(before, alone.weight().value(), "1.weight, drawn again");
  }

  private static Stream<Init> random() {
    return Stream.of(
        Init.uniform(0.3),
        Init.normal(0.3),
        Init.truncatedNormal(0.3),
        Init.he(7),
        Init.heUniform(7),
        Init.xavier(7, 5),
        Init.xavierNormal(7, 5),
        Init.orthogonal(1.5));
  }

  @ParameterizedTest
  @MethodSource("random")
  void float32IsFloat64Rounded(Init init) {
    Linear single = new Linear(7, 5, init, Init.uniform(0.3));
    single.init(4);
    Linear twice = new Linear(7, 5, init, Init.uniform(0.3));
    twice.allocate(DType.F64).init(4);
    assertNotEquals(twice.weight().value().get(0), twice.weight().value().get(1));
    twice
        .state()
        .forEach((name, t) -> assertSameBits(t.to(DType.F32), single.state().get(name), name));
  }

  @Test
  void errors() {
    for (Runnable bad :
        new Runnable[] {
          () -> Init.uniform(-1),
          () -> Init.uniform(Double.NaN),
          () -> Init.normal(Double.POSITIVE_INFINITY),
          () -> Init.he(0),
          () -> Init.xavier(3, 0),
          () -> Init.heUniform(-1),
          () -> Init.xavierNormal(0, 3),
          () -> Init.truncatedNormal(-0.1),
          () -> Init.orthogonal(Double.NaN),
          () -> orthogonal(1, 5),
          () -> Init.fanIn(Shape.of(5)),
          () -> Init.fanOut(Shape.SCALAR),
          () -> new Linear(0, 3),
          () -> new Linear(3, 0)
        }) {
      String said = assertThrows(IllegalArgumentException.class, bad::run).getMessage();
      assertTrue(said.startsWith("init: ") || said.startsWith("linear: "), said);
    }
  }
}

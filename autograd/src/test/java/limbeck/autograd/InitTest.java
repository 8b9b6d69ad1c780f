package limbeck.autograd;

import static limbeck.autograd.Numbers.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.autograd.module.Activation;
import limbeck.autograd.module.Linear;
import limbeck.autograd.module.Sequential;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertUniform(draw(Init.xavier(10, 14), seed), 0.5);
    assertEquals(3, moment(draw(Init.constant(3), seed), 1));
    assertEquals(0, moment(draw(Init.normal(0), seed), 2));
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

  @Test
  void float32IsFloat64Rounded() {
    Linear single = new Linear(7, 5, Init.he(7), Init.uniform(0.3));
    single.init(4);
    Linear twice = new Linear(7, 5, Init.he(7), Init.uniform(0.3));
    twice.allocate(DType.F64).init(4);
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
          () -> new Linear(0, 3),
          () -> new Linear(3, 0)
        }) {
      String said = assertThrows(IllegalArgumentException.class, bad::run).getMessage();
      assertTrue(said.startsWith("init: ") || said.startsWith("linear: "), said);
    }
  }
}

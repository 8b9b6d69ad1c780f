package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.math.Erf;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/** Runs loops of {@link DoubleRows} within longer tensors, beside what they should compute. */
abstract class RowDefinitions {
  static final Rows ROWS = new DoubleRows();
  static final int N = 37;

  /**
   * A few roundings in double, 2^-53 each, over sums that cancel by less than a thousand: the naive
   * form may group them otherwise.
   */
  static final double CLOSE = 1e-12;

  final SplittableRandom random = new SplittableRandom(5);

  final Tensor tensor() {
    Tensor x = Tensor.zeros(DType.F64, Shape.of(N + 3));
    for (int e = 0; e < x.size(); e++) {
      x.set(e, random.nextGaussian());
    }
    return x;
  }

  static void assertClose(double expected, double actual, String what) {
    double scale = Math.max(1, Math.abs(expected));
    assertTrue(
        Math.abs(expected - actual) <= CLOSE * scale, what + ": " + expected + ", " + actual);
  }

  interface Unary {
    void run(Tensor x, int i, Tensor y, int j, int n);
  }

  interface Binary {
    void run(Tensor a, int i, Tensor b, int j, Tensor y, int k, int n);
  }

  final void unary(String name, Unary loop, boolean positive, DoubleUnaryOperator definition) {
    Tensor x = tensor();
    for (int e = 0; positive && e < x.size(); e++) {
      x.set(e, Math.abs(x.get(e)) + 1e-3);
    }
    Tensor y = tensor();
    Tensor before = y.own();
    loop.run(x, 1, y, 2, N);
    for (int e = 0; e < y.size(); e++) {
      boolean within = e >= 2 && e < N + 2;
      double expected = within ? definition.applyAsDouble(x.get(e - 1)) : before.get(e);
      assertClose(expected, y.get(e), name + " " + e);
    }
  }

  final void binary(String name, Binary loop, DoubleBinaryOperator definition) {
    Tensor a = tensor();
    Tensor b = tensor();
    Tensor y = tensor();
    Tensor before = y.own();
    loop.run(a, 1, b, 3, y, 2, N);
    for (int e = 0; e < y.size(); e++) {
      boolean within = e >= 2 && e < N + 2;
      double expected =
          within ? definition.applyAsDouble(a.get(e - 1), b.get(e + 1)) : before.get(e);
      assertClose(expected, y.get(e), name + " " + e);
    }
  }

  static double sigma(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double phi(double x) {
    return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  static double cumulative(double x) {
    return (1 + Erf.erf(x / StrictMath.sqrt(2))) / 2;
  }

  /** As it is published: ½·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
  static double gate(double x) {
    double root = StrictMath.sqrt(2 / StrictMath.PI);
    return 0.5 * (1 + StrictMath.tanh(root * (x + 0.044715 * x * x * x)));
  }

  /** The derivative of x·gate(x), with tanh′ = 1 − tanh². */
  static double gateSlope(double x) {
    double tanh = 2 * gate(x) - 1;
    double inner = StrictMath.sqrt(2 / StrictMath.PI) * (1 + 3 * 0.044715 * x * x);
    return gate(x) + 0.5 * x * (1 - tanh * tanh) * inner;
  }
}

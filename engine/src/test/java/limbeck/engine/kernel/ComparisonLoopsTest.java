package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.Stream;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops that compare elements do what the Javadoc of {@link Rows} says, exactly, in both types. */
class ComparisonLoopsTest {
  private static final double NAN = Double.NaN;

  /** Row loops with their type. */
  record Provider(Rows rows, DType type) {}

  static Stream<Provider> providers() {
    return Stream.of(
        new Provider(new ScalarRows(), DType.F32), new Provider(new DoubleRows(), DType.F64));
  }

  private static Tensor of(DType type, double... values) {
    return Tensor.of(Shape.of(values.length), values).to(type);
  }

  private static void assertNumbers(Tensor actual, double... expected) {
    double[] numbers = new double[actual.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = actual.get(i);
    }
    assertArrayEquals(expected, numbers);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void minimaOfSpecialValues(Provider p) {
    Tensor a = of(p.type, 1, 2, -0.0, 0, NAN, 3, Double.POSITIVE_INFINITY);
    Tensor b = of(p.type, 2, 1, 0, -0.0, 3, NAN, Double.POSITIVE_INFINITY);
    Tensor y = a.own();
    p.rows.minimum(a, 0, b, 0, y, 0, y.size());
    assertNumbers(y, 1, 1, -0.0, -0.0, NAN, NAN, Double.POSITIVE_INFINITY);
  }

  /** Zeros of both signs are equal; a NaN is not smaller. */
  @ParameterizedTest
  @MethodSource("providers")
  void theLargerOneGetsTheGradient(Provider p) {
    Tensor a = of(p.type, 1, 3, 2, -0.0, NAN, 1, NAN);
    Tensor b = of(p.type, 2, 2, 2, 0, 1, NAN, NAN);
    Tensor dy = of(p.type, 10, 20, 30, 40, 50, 60, 70);
    Tensor d = dy.own();
    p.rows.maximumGrad(a, 0, b, 0, dy, 0, d, 0, d.size());
    assertNumbers(d, 0, 20, 15, 20, 50, 60, 70);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theSlopeIsForWhatIsNotAboveZero(Provider p) {
    Tensor x = of(p.type, -1, -0.0, 0, 1, NAN);
    Tensor d = of(p.type, 8, 8, 8, 8, NAN);
    Tensor y = d.own();
    p.rows.leakyRelu(x, 0, 0.25, d, 0, y, 0, y.size());
    assertNumbers(y, 2, 2, 2, 8, NAN);
    p.rows.leakyRelu(x, 0, 0.25, x, 0, y, 0, y.size());
    assertNumbers(y, -0.25, -0.0, 0, 1, NAN);
  }

  /** Where the gate is shut or open for good, infinite intermediate results do no harm. */
  @ParameterizedTest
  @MethodSource("providers")
  void gatesOfLargeArguments(Provider p) {
    Tensor x = of(p.type, -1e30, -300, 300, 1e30, Double.POSITIVE_INFINITY, NAN);
    Tensor dy = of(p.type, 3, 3, 3, 3, 3, 3);
    Tensor y = dy.own();
    p.rows.geluTanh(x, 0, y, 0, y.size());
    double large = x.get(3);
    assertNumbers(y, -0.0, -0.0, 300, large, Double.POSITIVE_INFINITY, NAN);
    p.rows.geluTanhGrad(x, 0, dy, 0, y, 0, y.size());
    assertNumbers(y, -0.0, -0.0, 3, 3, 3, NAN);
    p.rows.siluGrad(x, 0, dy, 0, y, 0, y.size());
    double shut = p.type == DType.F64 ? y.get(1) : -0.0; // e^-300 is a double
    assertNumbers(y, -0.0, shut, 3, 3, 3, NAN);
  }
}

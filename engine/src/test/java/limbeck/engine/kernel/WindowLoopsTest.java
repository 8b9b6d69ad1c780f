package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The loops of sliding windows do what the Javadoc of {@link Rows} says, exactly, in both types.
 */
class WindowLoopsTest {
  private static final int N = 37;

  private final SplittableRandom random = new SplittableRandom(5);

  /** Row loops with their type. */
  record Provider(Rows rows, DType type) {}

  static Stream<Provider> providers() {
    return Stream.of(
        new Provider(new ScalarRows(), DType.F32), new Provider(new DoubleRows(), DType.F64));
  }

  private Tensor tensor(DType type) {
    Tensor x = Tensor.zeros(type, Shape.of(N + 3));
    for (int e = 0; e < x.size(); e++) {
      x.set(e, random.nextGaussian());
    }
    return x;
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
  void takesAndAdds(Provider p) {
    for (int step = 1; step <= 4; step++) {
      int n = (N - 1) / step + 1;
      Tensor x = tensor(p.type);
      Tensor taken = tensor(p.type);
      p.rows.takeEvery(x, 1, step, taken, 2, n);
      for (int t = 0; t < n; t++) {
        assertEquals(x.get(1 + t * step), taken.get(2 + t), "takeEvery " + t);
      }
      Tensor before = tensor(p.type);
      Tensor added = before.own();
      p.rows.addEvery(x, 1, added, 2, step, n);
      for (int e = 0; e < before.size(); e++) {
        boolean met = e >= 2 && (e - 2) % step == 0 && (e - 2) / step < n;
        double term = met ? x.get(1 + (e - 2) / step) : 0;
        Tensor sum = of(p.type, before.get(e) + term);
        assertEquals(sum.get(0), added.get(e), "addEvery " + e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void maximaOfSpecialValues(Provider p) {
    Tensor a = of(p.type, 1, 2, -0.0, 0, Double.NaN, 3, Double.NEGATIVE_INFINITY);
    Tensor b = of(p.type, 2, 1, 0, -0.0, 3, Double.NaN, Double.NEGATIVE_INFINITY);
    Tensor y = a.own();
    p.rows.maximum(a, 0, b, 0, y, 0, y.size());
    assertNumbers(y, 2, 2, 0, 0, Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY);
  }

  /** Of equal elements the first takes all, zeros of both signs being equal; so does a NaN. */
  @ParameterizedTest
  @MethodSource("providers")
  void maximaAreClaimedOnce(Provider p) {
    Tensor x = of(p.type, 1, 2, -0.0, Double.NaN, 5);
    Tensor y = of(p.type, 1, 3, 0, Double.NaN, Double.NaN);
    Tensor rest = of(p.type, 10, 20, 30, 40, 50);
    Tensor share = of(p.type, -1, -1, -1, -1, -1);
    p.rows.claimMaximum(x, 0, y, 0, rest, 0, share, 0, 5);
    assertNumbers(share, 10, 0, 30, 40, 0);
    assertNumbers(rest, 0, 20, 0, 0, 50);
    p.rows.claimMaximum(x, 0, y, 0, rest, 0, share, 0, 5);
    assertNumbers(share, 0, 0, 0, 0, 0);
    assertNumbers(rest, 0, 20, 0, 0, 50);
  }
}

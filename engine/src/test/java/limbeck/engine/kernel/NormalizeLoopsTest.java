package limbeck.engine.kernel;

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

/** Normalisation in one pass with what follows has the bits of the loops one after another. */
class NormalizeLoopsTest {
  private static final int N = 53;

  /** Row loops with their type. */
  record Provider(Rows rows, DType type) {}

  static Stream<Provider> providers() {
    return Stream.of(
        new Provider(KernelProvider.f32().rows(), DType.F32),
        new Provider(new ScalarRows(), DType.F32),
        new Provider(new DoubleRows(), DType.F64));
  }

  private static Tensor random(DType type, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor t = Tensor.zeros(type, Shape.of(N + 3));
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextDouble(-2, 2));
    }
    return t;
  }

  private static void assertBits(Tensor expected, Tensor actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), "element " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeRelu(Provider p) {
    Tensor x = random(p.type, 1);
    Tensor expected = random(p.type, 2);
    Tensor y = expected.own();
    p.rows.normalize(x, 1, 0.3, 1.7, -0.2, expected, 2, N);
    p.rows.relu(expected, 2, expected, 2, N);
    p.rows.normalizeRelu(x, 1, 0.3, 1.7, -0.2, y, 2, N);
    assertBits(expected, y);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void normalizeAddRelu(Provider p) {
    Tensor x = random(p.type, 3);
    Tensor a = random(p.type, 4);
    Tensor expected = random(p.type, 5);
    Tensor y = expected.own();
    p.rows.normalize(x, 1, 0.3, 1.7, -0.2, expected, 2, N);
    p.rows.add(expected, 2, a, 3, expected, 2, N);
    p.rows.relu(expected, 2, expected, 2, N);
    p.rows.normalizeAddRelu(x, 1, 0.3, 1.7, -0.2, a, 3, y, 2, N);
    assertBits(expected, y);
  }
}

package limbeck.engine.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import limbeck.engine.kernel.Winograd;
import limbeck.engine.kernel.scalar.ScalarWinograd;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops of {@link Winograd} in vectors write what their scalar twins write, and no more. */
class WinogradTwinTest {
  private static final int SIZE = Winograd.MATRICES * Winograd.STEP;

  private final SplittableRandom random = new SplittableRandom(9);

  /** What a loop does with operands a and b and result y. */
  private interface Loop {
    void run(Winograd loops, Tensor a, Tensor b, Tensor y);
  }

  private Tensor tensor() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(SIZE + 3));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, random.nextGaussian());
    }
    return x.slice(3, x.size());
  }

  private void check(String name, Loop loop) {
    Tensor a = tensor();
    Tensor b = tensor();
    Tensor expected = tensor();
    Tensor actual = expected.own();
    loop.run(new ScalarWinograd(), a, b, expected);
    loop.run(new VectorWinograd(), a, b, actual);
    assertArrayEquals(expected.own().floats(), actual.floats(), name);
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "2, 48", "5, 32", "16, 16"})
  void transforms(int tiles, int n) {
    int row = (2 * tiles + 2) * n;
    check("weights", (w, a, b, y) -> w.weights(a, 8 * n + 5, -n, y, 7, n + 1, n));
    check("input", (w, a, b, y) -> w.input(a, 3 * row, 9, row, 2 * row, y, n, tiles, n));
    check("output", (w, a, b, y) -> w.output(a, n, tiles, n, y, row + 1, 2));
    check("outputGrad", (w, a, b, y) -> w.outputGrad(a, row, 1, y, n, tiles, n));
    check("weightsGrad", (w, a, b, y) -> w.weightsGrad(a, 2, n + 3, y, 1, n));
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "3, 17", "2, 31", "5, 50"})
  void transformsOfPlanes(int channels, int columns) {
    int ld = columns + 3;
    int plane = 4 * ld + 1;
    int n = 3 * Winograd.LANES;
    check("down", (w, a, b, y) -> w.inputDown(a, 5, ld, plane, columns, y, 7, ld, channels));
    check("across", (w, a, b, y) -> w.inputAcross(a, 1, 2 * ld, ld, y, 16, n, channels));
    check("rows", (w, a, b, y) -> w.outputRows(a, 16, n, y, 20, 3, 40, 99, channels));
    check("same run", (w, a, b, y) -> w.outputRows(a, 0, n, y, 3, 3, 20, 50, channels));
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 16", "16, 15, 32", "24, 16, 48", "48, 17, 64", "32, 40, 80"})
  void products(int rows, int k, int n) {
    check("multiply", (w, a, b, y) -> w.multiply(a, rows, k, b, n, y));
    check("multiplyTiles", (w, a, b, y) -> w.multiplyTiles(a, n, k, b, rows, y));
    int channels = Winograd.roundUp(rows, Winograd.LANES);
    check("accumulate", (w, a, b, y) -> w.accumulate(a, channels, k, b, n, y, 5));
  }
}

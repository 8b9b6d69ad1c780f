package limbeck.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import limbeck.engine.kernel.f64.DoubleRows;
import limbeck.engine.kernel.scalar.ScalarRows;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The row loops of long short-term memory are chains of the simple ones, bit for bit. */
class LstmRowsTest {
  private static final int N = 37;

  private final SplittableRandom random = new SplittableRandom(5);

  private Tensor random(DType type, int size) {
    Tensor x = Tensor.zeros(type, Shape.of(size));
    for (int e = 0; e < size; e++) {
      x.set(e, 2 * random.nextGaussian());
    }
    return x;
  }

  private static Rows rows(DType type) {
    return type == DType.F64 ? new DoubleRows() : new ScalarRows();
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    for (int e = 0; e < expected.size(); e++) {
      assertEquals(expected.get(e), actual.get(e), "element " + e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void gates(DType type) {
    Rows r = rows(type);
    Tensor x = random(type, 4 * N);
    Tensor b = random(type, 4 * N);
    Tensor c = random(type, 4 * N);
    Tensor u = random(type, 4 * N);
    Tensor y = random(type, 4 * N);
    r.lstmGates(x, 0, b, 0, c, 0, u, 0, y, 0, N);
    r.add(x, 0, b, 0, x, 0, 4 * N);
    r.add(x, 0, c, 0, x, 0, 4 * N);
    r.add(x, 0, u, 0, x, 0, 4 * N);
    r.sigmoid(x, 0, x, 0, 2 * N);
    r.tanh(x, 2 * N, x, 2 * N, N);
    r.sigmoid(x, 3 * N, x, 3 * N, N);
    assertSame(x, y);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void state(DType type) {
    Rows r = rows(type);
    Tensor gates = random(type, 4 * N);
    Tensor before = random(type, N);
    Tensor c = random(type, N);
    Tensor h = random(type, N);
    r.lstmState(gates, 0, before, 0, c, 0, h, 0, N);
    Tensor cell = random(type, N);
    r.mul(gates, 0, gates, 2 * N, cell, 0, N);
    r.mulAdd(gates, N, before, 0, cell, 0, N);
    assertSame(cell, c);
    r.tanh(cell, 0, cell, 0, N);
    r.mul(gates, 3 * N, cell, 0, cell, 0, N);
    assertSame(cell, h);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void grad(DType type) {
    Rows r = rows(type);
    Tensor gates = random(type, 4 * N);
    Tensor before = random(type, N);
    Tensor c = random(type, N);
    Tensor dh = random(type, N);
    Tensor dc = random(type, N);
    Tensor da = random(type, 4 * N);
    Tensor dBefore = random(type, N);
    r.lstmGrad(gates, 0, before, 0, c, 0, dh, 0, dc, 0, da, 0, dBefore, 0, N);
    Tensor d = random(type, 4 * N);
    Tensor tanh = random(type, N);
    r.tanh(c, 0, tanh, 0, N);
    r.mul(dh, 0, tanh, 0, d, 3 * N, N);
    r.mul(dh, 0, gates, 3 * N, dh, 0, N);
    r.tanhGrad(tanh, 0, dh, 0, dh, 0, N);
    r.add(dc, 0, dh, 0, dc, 0, N);
    r.mul(dc, 0, gates, 2 * N, d, 0, N);
    r.mul(dc, 0, before, 0, d, N, N);
    r.mul(dc, 0, gates, 0, d, 2 * N, N);
    r.mul(dc, 0, gates, N, dc, 0, N);
    r.sigmoidGrad(gates, 0, d, 0, d, 0, 2 * N);
    r.tanhGrad(gates, 2 * N, d, 2 * N, d, 2 * N, N);
    r.sigmoidGrad(gates, 3 * N, d, 3 * N, d, 3 * N, N);
    assertSame(d, da);
    assertSame(dc, dBefore);
  }
}

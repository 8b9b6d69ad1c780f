package limbeck.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and statistics of single ops that the catalogue does not ask for. */
class OpsTest {
  @Test
  void reshapeCopiesAxesOfEmptyBatches() {
    assertEquals(Shape.of(0, 12), Reshape.to(0, -1).infer(Shape.of(0, 3, 4)));
    assertEquals(Shape.of(5, 12), Reshape.to(0, -1).infer(Shape.of(5, 3, 4)));
    assertEquals(Shape.of(0, 2, 6), Reshape.to(0, 2, -1).infer(Shape.of(0, 12)));
    assertEquals(Shape.of(0, 4), Reshape.to(-1, 4).infer(Shape.of(0, 12)));
    assertEquals(Shape.SCALAR, Reshape.to().infer(Shape.of(1, 1)));
  }

  @Test
  void multiplyAddsOfProducts() {
    assertEquals(120, new Linear().multiplyAdds(Shape.of(2, 3, 4), Shape.of(5, 4), Shape.of(5)));
    assertEquals(30, new MatMul().multiplyAdds(Shape.of(2, 3), Shape.of(3, 5)));
    assertEquals(30, new MatMul(true, false).multiplyAdds(Shape.of(3, 2), Shape.of(3, 5)));
    assertEquals(30, new MatMul(false, true).multiplyAdds(Shape.of(2, 3), Shape.of(5, 3)));
    assertEquals(210, new MatMul().multiplyAdds(Shape.of(7, 2, 3), Shape.of(3, 5)));
  }

  @Test
  void reshapeRefusesWhatDoesNotFit() {
    refused(Reshape.to(0, 5), Shape.of(0, 4)); // would hold for no other batch
    refused(Reshape.to(-1, -1), Shape.of(4));
    refused(Reshape.to(-2), Shape.of(4));
    refused(Reshape.to(4, 0), Shape.of(4));
    refused(Reshape.to(-1, 3), Shape.of(4));
    refused(Reshape.to(65536, 65536, 65536, 65536), Shape.of(4)); // 2^64: 0 as a long
    refused(Reshape.to(65536, 65536, 65536, 65536, -1), Shape.of(4));
    refused(Reshape.to(Integer.MAX_VALUE, Integer.MAX_VALUE, -1), Shape.of(4));
  }

  private static void refused(Reshape op, Shape shape) {
    ShapeException e = assertThrows(ShapeException.class, () -> op.infer(shape));
    assertTrue(e.getMessage().contains(shape.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(op.axes().toString()), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 0.999999, Double.NaN})
  void dropoutRefusesRates(double rate) {
    assertThrows(IllegalArgumentException.class, () -> new Dropout(rate, 1, 1));
  }

  /** Of n elements n·rate are zero, within four standard deviations, in both types alike. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9})
  void dropoutKeepsItsRate(double rate) {
    int n = 100_000;
    Tensor y = dropped(DType.F32, rate, n, Workers.inline());
    Tensor exact = dropped(DType.F64, rate, n, Workers.inline());
    int zeros = 0;
    for (int i = 0; i < n; i++) {
      zeros += y.get(i) == 0 ? 1 : 0;
      assertEquals(exact.get(i), y.get(i)); // ones times a float
    }
    double deviation = StrictMath.sqrt(n * rate * (1 - rate));
    assertEquals(n * rate, zeros, 4 * deviation);
  }

  /** The factor makes up for the rate that decides, not for the one asked for. */
  @Test
  void dropoutKeepsTheMeanOfTheRoundedRate() {
    Tensor y = dropped(DType.F32, 0.9999, 1_000_000, Workers.inline()); // 7 of 65536 are kept
    int kept = 0;
    for (int i = 0; i < y.size(); i++) {
      if (y.get(i) != 0) {
        assertEquals((float) (65536 / 7.0), y.get(i));
        kept++;
      }
    }
    assertEquals(107, kept, 42); // four standard deviations
  }

  private static Tensor dropped(DType type, double rate, int n, Workers workers) {
    OpContext context = new OpContext(workers);
    Tensor x = Tensor.zeros(type, Shape.of(n));
    x.fill(1);
    Tensor y = Tensor.zeros(type, Shape.of(n));
    Dropout op = new Dropout(rate, 5, 6);
    context.saved(Tensor.zeros(type, op.saved(x.shape())));
    op.forward(context, new Tensor[] {x}, y);
    return y;
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39, -1e39})
  void slopesThatAreNoNumbersAreRefused(double slope) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new LeakyRelu(slope));
    assertEquals("leakyRelu: slope " + slope + " is not finite as a float", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e7, Double.NaN, Double.POSITIVE_INFINITY})
  void temperaturesOutOfRangeAreRefused(double t) {
    for (Runnable maker :
        new Runnable[] {() -> new Softmax(t), () -> new LogSoftmax(t), () -> new SoftTargets(t)}) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, maker::run);
      assertTrue(e.getMessage().contains("temperature " + t), e.getMessage());
    }
  }
}

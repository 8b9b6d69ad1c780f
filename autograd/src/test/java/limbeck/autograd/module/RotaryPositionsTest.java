package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are turned by their positions. */
class RotaryPositionsTest {
  private static final int WIDTH = 6;
  private static final int CAPACITY = 40;

  private static RotaryPositions layer() {
    RotaryPositions layer = new RotaryPositions(WIDTH, CAPACITY);
    layer.allocate(DType.F64).init(1);
    return layer;
  }

  /** As a product of complex numbers, equation 13 of the paper. */
  @Test
  void pairsAreTurnedByTheirAngles() {
    Tensor x = normal(DType.F64, 1, 2, 5, WIDTH);
    Tensor y = layer().forward(Var.of(x), 7).value();
    for (int row = 0; row < 10; row++) {
      for (int i = 0; i < 3; i++) {
        double angle = (7 + row % 5) * StrictMath.pow(10_000, -2.0 * i / WIDTH);
        double real = x.get(row * WIDTH + i);
        double imaginary = x.get(row * WIDTH + 3 + i);
        double length = StrictMath.hypot(real, imaginary);
        double turned = StrictMath.atan2(imaginary, real) + angle;
        assertEquals(length * StrictMath.cos(turned), y.get(row * WIDTH + i), 1e-13);
        assertEquals(length * StrictMath.sin(turned), y.get(row * WIDTH + 3 + i), 1e-13);
      }
    }
  }

  /** What it is for: scalar products of steps depend on the distance of their positions alone. */
  @Test
  void productsKnowDistancesAlone() {
    Var q = Var.of(normal(DType.F64, 1, 1, WIDTH));
    Var k = Var.of(normal(DType.F64, 2, 1, WIDTH));
    RotaryPositions layer = layer();
    for (int distance = 0; distance < 9; distance++) {
      double expected = product(layer.forward(q, distance), layer.forward(k));
      for (int at : new int[] {1, 5, 30}) {
        double actual = product(layer.forward(q, at + distance), layer.forward(k, at));
        assertEquals(expected, actual, 1e-12, "distance " + distance + " at " + at);
      }
    }
  }

  private static double product(Var a, Var b) {
    return a.times(b).sum().value().get(0);
  }

  @Test
  void laterStepsGoOn() {
    RotaryPositions layer = new RotaryPositions(WIDTH, CAPACITY);
    layer.init(1);
    assertTrue(layer.state().isEmpty());
    Tensor x = normal(1, 9, WIDTH);
    Tensor whole = layer.forward(Var.of(x)).value();
    Tensor later = layer.forward(Var.of(x.slice(4, 9)), 4).value();
    assertSameBits(whole.slice(4, 9), later, "steps from 4");
  }

  @Test
  void aProgramHoldsTheTables(@TempDir Path folder) throws IOException {
    TraceCheck.require(new RotaryPositions(WIDTH, CAPACITY), folder, 3, 5, WIDTH);
  }

  @Test
  void mistakes() {
    assertEquals(
        "rotaryPositions: 9 positions of width 5 with base 10000.0; an even width, and 1 each at"
            + " least",
        assertThrows(IllegalArgumentException.class, () -> new RotaryPositions(5, 9)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new RotaryPositions(4, 0));
    assertThrows(IllegalArgumentException.class, () -> new RotaryPositions(4, 9, Double.NaN));
  }
}

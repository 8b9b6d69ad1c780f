package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static limbeck.autograd.Numbers.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import limbeck.autograd.Tape;
import limbeck.autograd.Var;
import limbeck.autograd.verify.ModelCheck;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of positions, learned and computed. */
class PositionsTest {
  private static final int WIDTH = 6;

  private static Var zeros(DType type, int steps) {
    return Var.of(Tensor.zeros(type, Shape.of(1, steps, WIDTH)));
  }

  @Test
  void sinesAreThoseOfThePaper() {
    Positions positions = Positions.sinusoidal(WIDTH, 50);
    positions.allocate(DType.F64);
    Tensor y = positions.forward(zeros(DType.F64, 40)).value();
    for (int t = 0; t < 40; t++) {
      for (int i = 0; i < WIDTH / 2; i++) {
        double angle = t / StrictMath.exp(StrictMath.log(10_000) * 2 * i / WIDTH);
        assertEquals(StrictMath.sin(angle), y.get(t * WIDTH + 2 * i), 1e-13);
        assertEquals(StrictMath.cos(angle), y.get(t * WIDTH + 2 * i + 1), 1e-13);
      }
    }
  }

  @Test
  void sinesAreNoState() {
    Positions positions = Positions.sinusoidal(WIDTH, 5);
    positions.init(1);
    assertTrue(positions.state().isEmpty());
    assertEquals(DType.F32, positions.forward(zeros(DType.F32, 5)).value().dtype());
    Positions learned = Positions.learned(WIDTH, 5);
    learned.init(1);
    assertEquals(Set.of("weight"), learned.state().keySet());
  }

  @Test
  void widthsMayBeOdd() {
    Positions positions = Positions.sinusoidal(1, 4);
    positions.allocate(DType.F64);
    Tensor y = positions.forward(Var.of(Tensor.zeros(DType.F64, Shape.of(1, 4, 1)))).value();
    for (int t = 0; t < 4; t++) {
      assertEquals(StrictMath.sin(t), y.get(t));
    }
  }

  @Test
  void gradients() {
    Positions positions = Positions.learned(WIDTH, 7);
    positions.allocate(DType.F64).init(3);
    Var x = Var.of(normal(DType.F64, 1, 3, 4, WIDTH));
    Var targets = Var.of(normal(DType.F64, 2, 3, 4, WIDTH));
    ModelCheck.require(
        positions, () -> positions.forward(x, 2).apply(SquaredError.mean(), targets), 1e-8);
    Var sequence = Var.input(normal(1, 1, 5, WIDTH));
    Positions sines = Positions.sinusoidal(WIDTH, 5);
    sines.init(1);
    try (Tape tape = Tape.open(new OpContext(Workers.inline()))) {
      tape.backward(sines.forward(sequence).sum());
      assertEquals(1, sequence.gradient().get(0)); // and none for the constant
    }
  }

  @Test
  void laterStepsGoOn() {
    Positions positions = Positions.sinusoidal(WIDTH, 9);
    positions.init(1);
    Tensor x = normal(1, 2, 9, WIDTH);
    Tensor whole = positions.forward(Var.of(x)).value();
    Tensor later = positions.forward(Var.of(MultiHeadAttentionTest.steps(x, 4, 9)), 4).value();
    assertSameBits(MultiHeadAttentionTest.steps(whole, 4, 9), later, "steps from 4");
  }

  @Test
  void aProgramHoldsTheTable(@TempDir Path folder) throws IOException {
    TraceCheck.require(Positions.sinusoidal(WIDTH, 9), folder, 5, WIDTH);
    TraceCheck.require(
        new Sequential(Positions.learned(WIDTH, 9), Positions.sinusoidal(WIDTH, 5)),
        folder,
        5,
        WIDTH);
  }

  @Test
  void sizesOutOfRange() {
    for (int[] size : new int[][] {{0, 3}, {3, 0}}) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Positions.learned(size[0], size[1]));
      assertEquals(
          "positions: " + size[1] + " positions of width " + size[0] + ", 1 each at least",
          e.getMessage());
    }
    Positions positions = Positions.sinusoidal(WIDTH, 5);
    positions.init(1);
    ShapeException e =
        assertThrows(ShapeException.class, () -> positions.forward(zeros(DType.F32, 3), 3));
    assertEquals(
        "addPositions: x [batch=1, steps=3, width=6] from position 3 on is longer than table"
            + " [positions=5, width=6]",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> positions.forward(zeros(DType.F32, 3), -1));
  }
}

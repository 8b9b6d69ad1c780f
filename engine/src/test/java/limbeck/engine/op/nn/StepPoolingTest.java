package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What is special about pooling over steps: lengths, NaN, and what lies behind the end. */
class StepPoolingTest {
  private static final OpContext CONTEXT = new OpContext();

  private static Tensor forward(StepPooling op, Tensor x, Tensor lengths) {
    Tensor y = Tensor.zeros(DType.F32, op.infer(x.shape(), lengths.shape()));
    op.forward(CONTEXT, new Tensor[] {x, lengths}, y);
    return y;
  }

  @Test
  void wrongLengthsAreRefused() {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, 3, 1));
    for (StepPooling op : List.of(new MeanSteps(), new MaxSteps())) {
      String message =
          assertThrows(ShapeException.class, () -> forward(op, x, Tensor.of(Shape.of(2), 3, 4)))
              .getMessage();
      assertEquals(op.spec().name() + ": length 4 of example 1 is not in 0..3", message);
    }
  }

  /** The same bits with two steps and with five, whatever stands behind the end. */
  @Test
  void stepsBehindTheEndChangeNothing() {
    float[] some = {0.1f, -0.3f, 0.7f, 0.2f};
    Tensor lengths = Tensor.of(Shape.of(1), 2);
    Tensor two = Tensor.of(Shape.of(1, 2, 2), some);
    Tensor five = Tensor.zeros(DType.F32, Shape.of(1, 5, 2));
    five.fill(Double.NaN);
    for (int i = 0; i < some.length; i++) {
      five.set(i, some[i]);
    }
    for (StepPooling op : List.of(new MeanSteps(), new MaxSteps())) {
      assertArrayEquals(forward(op, two, lengths).floats(), forward(op, five, lengths).floats());
    }
  }

  @Test
  void notANumberIsTheLargest() {
    Tensor x = Tensor.of(Shape.of(1, 3, 1), 1, Float.NaN, 2);
    Tensor lengths = Tensor.of(Shape.of(1), 3);
    Tensor y = forward(new MaxSteps(), x, lengths);
    assertTrue(Float.isNaN((float) y.get(0)));
    Tensor dx = Tensor.zeros(DType.F32, x.shape());
    new MaxSteps()
        .backward(
            CONTEXT,
            new Tensor[] {x, lengths},
            y,
            Tensor.of(Shape.of(1, 1), 5f),
            new Tensor[] {dx, null});
    assertEquals(5, dx.get(1));
    assertEquals(0, dx.get(0) + dx.get(2));
  }
}

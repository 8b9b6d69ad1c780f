package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Lengths that are none. */
class LastStepTest {
  @Test
  void wrongLengthsAreRefused() {
    assertSays("length 4 of example 1 is not in 0..3", Tensor.of(Shape.of(2), 3, 4));
    assertSays("length -1 of example 0 is not in 0..3", Tensor.of(Shape.of(2), -1, 4));
    assertSays("lengths [batch=2] is F64, I32 expected", Tensor.of(Shape.of(2), 1.0, 2.0));
  }

  private static void assertSays(String message, Tensor lengths) {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, 3, 4));
    Tensor out = Tensor.zeros(DType.F32, Shape.of(2, 4));
    OpContext context = new OpContext(Workers.inline());
    var e =
        assertThrows(
            ShapeException.class,
            () -> new LastStep().forward(context, new Tensor[] {x, lengths}, out));
    assertEquals("lastStep: " + message, e.getMessage());
  }
}

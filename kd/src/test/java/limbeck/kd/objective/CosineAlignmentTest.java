package limbeck.kd.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.exec.Workers;
import limbeck.engine.op.OpContext;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Outputs;
import limbeck.kd.TapShapes;
import org.junit.jupiter.api.Test;

/** Hidden states count by their directions. */
class CosineAlignmentTest {
  private static final CosineAlignment METHOD = new CosineAlignment("h", "g");

  private static double loss(double... student) {
    Outputs s = new Outputs(null, Map.of("h", Var.of(Tensor.of(Shape.of(2, 1, 2), student))));
    Tensor t = Tensor.of(Shape.of(2, 1, 2), 3.0, 4.0, 0.0, 2.0);
    Outputs taught = new Outputs(null, Map.of("g", Var.of(t)));
    return Module.infer(new OpContext(Workers.inline()), () -> METHOD.loss(s, taught, null)).get(0);
  }

  @Test
  void onlyDirectionsCount() {
    assertEquals(0, loss(3, 4, 0, 2), 1e-12);
    assertEquals(0, loss(30, 40, 0, 0.2), 1e-9);
    assertEquals(2, loss(-3, -4, 0, -1), 1e-12);
    assertEquals(1, loss(4, -3, 5, 0), 1e-12);
    assertEquals((0.2 + 0) / 2, loss(0, 1, 0, 1), 1e-12); // cos of (3, 4) and (0, 1) is 0.8
  }

  @Test
  void statesOfAnotherWidthAreRefused() {
    TapShapes student = new TapShapes("student", Map.of("h", Shape.of(5, 16)), 2);
    TapShapes teacher = new TapShapes("teacher", Map.of("g", Shape.of(7, 32)), 2);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> METHOD.fitted(student, teacher));
    assertEquals("cosine-alignment: h of student is 16 wide, g of teacher 32", e.getMessage());
  }
}

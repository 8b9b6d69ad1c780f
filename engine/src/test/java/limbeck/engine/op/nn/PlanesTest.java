package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import org.junit.jupiter.api.Test;

/** How large a plane may become by its padding. */
class PlanesTest {
  private static Op pool(int size) {
    Window window = new Window(size, size, size / 2, 1);
    return new MaxPool(List.of(window, window));
  }

  /** A file of a few bytes must not ask for gigabytes. */
  @Test
  void aSmallPlaneDoesNotBecomeGigabytes() {
    Shape one = Shape.of(1, 1, 1, 1);
    String said = assertThrows(ShapeException.class, () -> pool(32768).infer(one)).getMessage();
    assertTrue(said.startsWith("maxPool2d: planes of x [batch=1, channels=1, height=1"), said);
    assertTrue(
        said.endsWith(
            " with their padding have 1073807361 elements; at most 16777216, or 16 times what they"
                + " have without, and at most 2147483647"),
        said);
    assertThrows(ShapeException.class, () -> pool(4096).infer(one)); // 4097²
  }

  @Test
  void smallOrLittlePaddingIsFine() {
    assertEquals(Shape.of(1, 1, 1, 1), pool(4094).infer(Shape.of(1, 1, 1, 1))); // 4095²
    assertEquals(
        Shape.of(1, 1, 3001, 3001), pool(2).infer(Shape.of(1, 1, 6000, 6000))); // 36 million
  }
}

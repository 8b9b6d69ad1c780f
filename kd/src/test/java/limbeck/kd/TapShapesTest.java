package limbeck.kd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.autograd.module.Conv2d;
import limbeck.autograd.module.Flatten;
import limbeck.autograd.module.Linear;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TapShapesTest {
  private static final class Net extends Module {
    private final Conv2d conv = child("conv", new Conv2d(2, 3, 3));
    private final Flatten flatten = child("flatten", new Flatten());
    private final Linear fc = child("fc", new Linear(3 * 4 * 2, 5));

    @Override
    public Var forward(Var x) {
      return fc.forward(tap("flat", flatten.forward(tap("map", conv.forward(x)))));
    }
  }

  private final TapShapes shapes = shapes();

  private static TapShapes shapes() {
    Net net = new Net();
    net.init(1);
    Tensor one = Tensor.zeros(DType.F32, Shape.of(1, 2, 6, 4));
    return TapShapes.of("net", net, () -> net.forward(Var.of(one)));
  }

  @Test
  void shapesOfOneExample() {
    assertEquals(Set.of("map", "flat"), shapes.taps().keySet());
    assertEquals(Shape.of(3, 4, 2), shapes.of("map"));
    assertEquals(Shape.of(24), shapes.of("flat"));
    assertEquals(5, shapes.classes());
  }

  @Test
  void aMissingTapIsNamedWithThoseThereAre() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> shapes.of("maps")).getMessage();
    assertTrue(message.contains("net has no tap \"maps\"; it has [map, flat]"), message);
  }
}

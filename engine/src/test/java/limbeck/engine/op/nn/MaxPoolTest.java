package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Windows that hold nothing but −∞, which padding counts as too. */
class MaxPoolTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final Window HALVING = Window.of(3).withStride(2).withPadding(1);
  private static final Window SLIDING = Window.of(3).withPadding(1);

  private static float[] gradient(List<Window> windows, Tensor x) {
    Applied pool = new Applied(new MaxPool(windows), x);
    Tensor dy = Tensor.zeros(x.dtype(), pool.out.shape());
    for (int i = 0; i < dy.size(); i++) {
      dy.set(i, 1 << i);
    }
    return pool.backward(dy)[0].floats();
  }

  private static Tensor filled(double value, int... axes) {
    Tensor x = Applied.normal(1, axes);
    x.fill(value);
    return x;
  }

  /** As with any other element that all are equal to. */
  @Test
  void theFirstElementOfTheAxisGetsTheGradient() {
    assertArrayEquals(
        new float[] {1, 2, 0, 0, 0, 4},
        gradient(List.of(HALVING), Tensor.of(Shape.of(1, 1, 6), -INF, -INF, -INF, -INF, -INF, 0)));
    for (double value : new double[] {-INF, 3}) {
      assertArrayEquals(
          new float[] {3, 4, 8, 16, 0}, gradient(List.of(SLIDING), filled(value, 1, 1, 5)));
      assertArrayEquals(
          new float[] {3, 4, 0, 24, 32, 0, 0, 0, 0},
          gradient(List.of(HALVING, SLIDING), filled(value, 1, 1, 3, 3)));
    }
  }
}

package limbeck.kd.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ShortcutTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 4;

  private static Tensor counting(int channels) {
    Tensor x = Tensor.zeros(DType.F32, Shape.of(2, channels, HEIGHT, WIDTH));
    for (int i = 0; i < x.size(); i++) {
      x.set(i, i + 1);
    }
    return x;
  }

  @Test
  void aBlockThatKeepsTheShapeHasTheInputItself() {
    Var x = Var.of(counting(4));
    for (Shortcut kind : Shortcut.values()) {
      assertSame(x, kind.around(4, 4, 1).forward(x));
    }
  }

  /** y[b, c, i, j] = x[b, c − 2, 2i, 2j], and 0 where there is no such channel. */
  @Test
  void paddingTakesEverySecondElementAndAddsChannels() {
    Tensor x = counting(4);
    Module pad = Shortcut.PAD.around(4, 8, 2);
    Var y = pad.forward(Var.of(x));
    assertEquals(Shape.of(2, 8, 3, 2), y.shape());
    int at = 0;
    for (int b = 0; b < 2; b++) {
      for (int c = -2; c < 6; c++) {
        for (int i = 0; i < HEIGHT; i += 2) {
          for (int j = 0; j < WIDTH; j += 2) {
            boolean inside = c >= 0 && c < 4;
            double expected = inside ? x.get(((b * 4 + c) * HEIGHT + i) * WIDTH + j) : 0;
            assertEquals(expected, y.value().get(at++));
          }
        }
      }
    }
  }
}

package limbeck.autograd.module;

import static limbeck.autograd.Numbers.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import limbeck.autograd.Module;
import limbeck.autograd.Var;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Dropout that decides about whole channels, or about all steps at once. */
class SharedDropoutTest {
  private static Tensor mask(Module layer, long step, int... axes) {
    Tensor ones = Tensor.zeros(DType.F32, Shape.of(axes));
    ones.fill(1);
    layer.init(1);
    layer.train(3, step);
    return layer.forward(Var.of(ones)).value();
  }

  @Test
  void channelsGoAsAWhole() {
    Tensor mask = mask(new ChannelDropout(0.25), 1, 40, 50, 3, 4);
    int dropped = 0;
    for (int channel = 0; channel < 2000; channel++) {
      double first = mask.get(channel * 12);
      dropped += first == 0 ? 1 : 0;
      for (int i = 0; i < 12; i++) {
        assertEquals(first == 0 ? 0 : (float) (1 / 0.75), mask.get(channel * 12 + i));
      }
    }
    assertEquals(500, dropped, 5 * StrictMath.sqrt(2000 * 0.25 * 0.75)); // standard deviations
  }

  @Test
  void allStepsAreTreatedAlike() {
    Tensor mask = mask(new VariationalDropout(0.5), 1, 60, 7, 30);
    int dropped = 0;
    for (int example = 0; example < 60; example++) {
      for (int column = 0; column < 30; column++) {
        double first = mask.get(example * 210 + column);
        dropped += first == 0 ? 1 : 0;
        for (int step = 0; step < 7; step++) {
          assertEquals(first, mask.get(example * 210 + step * 30 + column));
        }
      }
    }
    assertEquals(900, dropped, 5 * StrictMath.sqrt(1800 / 4.0)); // standard deviations
  }

  @Test
  void drawsDependOnTheStepAndEvaluationKeepsAll() {
    VariationalDropout layer = new VariationalDropout(0.5);
    Tensor mask = mask(layer, 1, 5, 2, 40).own();
    assertSameBits(mask, mask(layer, 1, 5, 2, 40), "drawn again");
    Tensor other = mask(layer, 2, 5, 2, 40);
    int different = 0;
    for (int i = 0; i < mask.size(); i++) {
      different += mask.get(i) != other.get(i) ? 1 : 0;
    }
    assertNotEquals(0, different);
    layer.evaluate();
    Var x = Var.of(mask);
    assertSame(x, layer.forward(x));
  }

  @Test
  void shapesThatDoNotFit() {
    Var row = Var.of(Tensor.zeros(DType.F32, Shape.of(3)));
    assertEquals(
        "channelDropout: x [3] is no [batch, channels, …]",
        assertThrows(ShapeException.class, () -> new ChannelDropout(0.5).forward(row))
            .getMessage());
    assertEquals(
        "variationalDropout: x [3] is no [batch, time, width]",
        assertThrows(ShapeException.class, () -> new VariationalDropout(0.5).forward(row))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new ChannelDropout(1));
  }
}

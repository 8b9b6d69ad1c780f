package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import limbeck.engine.exec.Workers;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Convolutions by Winograd have the same bits whether tiles lie side by side or channels: columns
 * of zeros at the right of a plane, which say what padding says, change the layout alone.
 */
class WinogradPlanesTest {
  /** Columns of zeros. */
  private static final int MORE = 4;

  @ParameterizedTest
  @CsvSource({
    "1, 16, 16, 2, 16, 1", // one run, its own partner
    "2, 16, 16, 16, 32, 1", // several strips
    "3, 17, 33, 6, 16, 1", // pairs of two rows, channels that are no whole vectors
    "2, 40, 16, 4, 48, 1", // an odd number of runs in a row
    "1, 128, 120, 6, 32, 1", // the most channels
    "1, 16, 16, 4, 160, 1", // rows of tiles in parts
    "2, 16, 32, 10, 34, 0", // no padding
    "2, 16, 16, 6, 32, 0", // the gradient of x is padded by 2
    "2, 16, 16, 4, 30, 2",
    "2, 16, 16, 2, 16, 2"
  })
  void bothLayoutsAgree(int batch, int channels, int outputs, int rows, int width, int padding) {
    Window window = Window.of(3).withPadding(padding);
    Conv op = new Conv(List.of(window, window), 1, true);
    Tensor x = Applied.normal(1, batch, channels, rows, width);
    Tensor w = Applied.normal(2, outputs, channels, 3, 3);
    Tensor bias = Applied.normal(3, outputs);
    Tensor wideX = widened(x, width + MORE);
    Applied narrow = new Applied(op, x, w, bias);
    Applied wide = new Applied(op, wideX, w, bias);
    Shape y = narrow.out.shape();
    assertTrue(byTiles(op, x, narrow.out) && !byTiles(op, wideX, wide.out));
    assertTrue(Applied.sameBits(narrow.out, widened(wide.out, y.last())), "y");
    Tensor dy = Applied.normal(4, batch, outputs, y.axis(2), y.axis(3));
    Tensor dx = narrow.backward(dy)[0];
    Tensor wideDx = wide.backward(widened(dy, y.last() + MORE))[0];
    assertEquals(width + MORE, wideDx.shape().last());
    assertTrue(Applied.sameBits(dx, widened(wideDx, width)), "dx");
  }

  /** Strips are cut for the threads at hand. */
  @ParameterizedTest
  @CsvSource({"1, 16, 16, 32, 32", "1, 64, 64, 8, 8", "1, 16, 16, 16, 16"})
  void threadsDoNotShow(int batch, int channels, int outputs, int rows, int width) {
    Window window = Window.of(3).withPadding(1);
    Conv op = new Conv(List.of(window, window), 1, true);
    Tensor x = Applied.normal(1, batch, channels, rows, width);
    Tensor w = Applied.normal(2, outputs, channels, 3, 3);
    Tensor bias = Applied.normal(3, outputs);
    Tensor dy = Applied.normal(4, batch, outputs, rows, width);
    Applied alone = new Applied(op, x, w, bias);
    Tensor[] expected = alone.backward(dy);
    for (int threads : new int[] {2, 3, 8}) {
      try (Workers workers = Workers.of(threads)) {
        Applied shared = new Applied(workers, op, x, w, bias);
        assertTrue(Applied.sameBits(alone.out, shared.out), threads + " threads: y");
        Tensor[] gradients = shared.backward(dy);
        for (int k = 0; k < expected.length; k++) {
          assertTrue(Applied.sameBits(expected[k], gradients[k]), threads + " threads: " + k);
        }
      }
    }
    assertNotEquals(strips(op, x, alone.out, 1), strips(op, x, alone.out, 8));
  }

  private static int strips(Conv op, Tensor x, Tensor y, int threads) {
    WinogradSizes s = new WinogradSizes();
    s.forward(op, x.shape(), y.shape(), threads);
    return s.strips(s.batch);
  }

  /** Whether one of the two passes has tiles side by side. */
  private static boolean byTiles(Conv op, Tensor x, Tensor y) {
    WinogradSizes s = new WinogradSizes();
    s.forward(op, x.shape(), y.shape(), 1);
    boolean forward = s.byTiles;
    s.inputGradient(op, y.shape(), x.shape(), 1);
    return forward || s.byTiles;
  }

  /** Planes with zeros at the right, or cut off there. */
  private static Tensor widened(Tensor t, int to) {
    Shape s = t.shape();
    int width = s.last();
    Tensor wide = Tensor.zeros(t.dtype(), Shape.of(s.axis(0), s.axis(1), s.axis(2), to));
    for (int i = 0; i < t.size(); i++) {
      if (i % width < to) {
        wide.set(i / width * to + i % width, t.get(i));
      }
    }
    return wide;
  }
}

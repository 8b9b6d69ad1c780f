package limbeck.engine.op.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A depthwise convolution has the bits of a product with patches, channel by channel. */
class ConvTest {
  private static final int CHANNELS = 2;

  /** 65 · 65 is more than a block of a product. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 65})
  void depthwiseIsAProductWithPatches(int size) {
    Window window = Window.of(size).withPadding(1);
    int space = size + 2;
    Tensor x = Applied.normal(1, 1, CHANNELS, space, space);
    Tensor w = Applied.normal(2, CHANNELS, 1, size, size);
    List<Window> windows = List.of(window, window);
    Tensor all = new Applied(new Conv(windows, CHANNELS, false), x, w).out;
    Tensor planes = all.reshape(Shape.of(CHANNELS, all.size() / CHANNELS));
    for (int channel = 0; channel < CHANNELS; channel++) {
      Tensor plane = part(x, channel).reshape(Shape.of(1, 1, space, space));
      Tensor weights = part(w, channel).reshape(Shape.of(1, 1, size, size));
      Tensor alone = new Applied(new Conv(windows, 1, false), plane, weights).out;
      assertArrayEquals(alone.own().floats(), part(planes, channel).own().floats());
    }
  }

  private static Tensor part(Tensor t, int channel) {
    int n = t.size() / CHANNELS;
    return t.reshape(Shape.of(CHANNELS * n)).slice(channel * n, (channel + 1) * n);
  }
}

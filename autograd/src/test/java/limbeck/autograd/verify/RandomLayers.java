package limbeck.autograd.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.op.Op;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.op.nn.Attention;
import limbeck.engine.op.nn.AvgPool;
import limbeck.engine.op.nn.Conv;
import limbeck.engine.op.nn.ConvTranspose;
import limbeck.engine.op.nn.GlobalAvgPool;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.MaxPool;
import limbeck.engine.op.nn.Resize;
import limbeck.engine.tensor.Shape;

/**
 * Steps of {@link RandomSteps} that layers are made of: convolutions, pools, recurrence, attention.
 */
final class RandomLayers {
  /** Elements of an example beyond which values do not grow. */
  private static final int LARGE = 150;

  private final RandomModel model;
  private final SplittableRandom random;

  RandomLayers(RandomModel model, SplittableRandom random) {
    this.model = model;
    this.random = random;
  }

  private int below(int n) {
    return random.nextInt(n);
  }

  /** What slides over planes. */
  void space(int v) {
    Shape x = model.shape(v);
    int space = x.rank() - 2;
    List<Window> windows = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    List<Integer> nothing = new ArrayList<>();
    for (int i = 0; i < space; i++) {
      windows.add(window(x.axis(2 + i)));
      sizes.add(1 + below(6));
      nothing.add(0);
    }
    switch (below(6)) {
      case 0 -> convolution(v, windows);
      case 1 -> model.step(new AdaptiveAvgPool(sizes), v);
      case 2 -> model.step(new Resize(sizes, random.nextBoolean()), v);
      case 3 -> model.step(new MaxPool(unpadded(windows)), v);
      case 4 -> model.step(new AvgPool(unpadded(windows), true), v);
      default -> {
        if (x.inner(0) <= LARGE) {
          int[] w = weights(x, x.axis(1), 2, windows);
          model.step(
              new ConvTranspose(windows, nothing, 1, true),
              v,
              model.parameter(0.5, w),
              model.parameter(1, 2));
        } else {
          model.step(new GlobalAvgPool(), v);
        }
      }
    }
  }

  private static int[] weights(Shape x, int first, int second, List<Window> windows) {
    int[] w = new int[x.rank()];
    w[0] = first;
    w[1] = second;
    for (int i = 2; i < w.length; i++) {
      w[i] = windows.get(i - 2).size();
    }
    return w;
  }

  private void convolution(int v, List<Window> windows) {
    Shape x = model.shape(v);
    int channels = x.axis(1);
    int out = below(8) == 0 ? 16 : 1 + below(5);
    int[] w = weights(x, out, channels, windows);
    double spread = 1 / StrictMath.sqrt(channels * windows.get(0).size());
    model.step(new Conv(windows, 1, true), v, model.parameter(spread, w), model.parameter(1, out));
  }

  /** One that has a position on an axis of {@code n}, and leaves one for a transposed one. */
  private Window window(int n) {
    int size = 1 + below(Math.min(n, 3));
    int padding = below(1 + (size - 1) / 2);
    return new Window(size, 1 + below(2), padding, 1);
  }

  private static List<Window> unpadded(List<Window> windows) {
    return windows.stream().map(w -> w.withPadding(0)).toList();
  }

  /** Sequences: [batch, time, width]. */
  void recurrent(int v) {
    int in = model.shape(v).last();
    int n = 1 + below(5);
    boolean gru = random.nextBoolean();
    int gates = gru ? 3 * n : 4 * n;
    Op op = gru ? new Gru(random.nextBoolean()) : new Lstm(random.nextBoolean());
    model.step(
        op,
        v,
        model.parameter(0.7, gates, in),
        model.parameter(0.7, gates, n),
        model.parameter(0.7, gates),
        model.parameter(0.7, gates));
  }

  void attention(int v) {
    Shape x = model.shape(v);
    if (below(3) == 0) {
      model.step(new AddPositions(1), v, model.parameter(1, x.axis(1) + 2, x.last()));
      return;
    }
    int heads = x.last() % 2 == 0 ? 2 : 1;
    model.step(new Attention(heads, random.nextBoolean(), Attention.Keys.ALL), v, v, v);
  }
}

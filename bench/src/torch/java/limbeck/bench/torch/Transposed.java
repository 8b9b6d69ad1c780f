package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import limbeck.engine.kernel.composite.Window;

/**
 * Transposed convolution, which DJL does not hand on, as libtorch's plain one: of x with zeros
 * between and around its elements, by the window turned over.
 */
final class Transposed {
  private Transposed() {}

  static NDArray convolution(
      NDArray x, NDArray w, NDArray bias, List<Window> windows, List<Integer> extra, int groups) {
    NDArray wide = x;
    for (int i = 0; i < windows.size(); i++) {
      wide = spread(wide, 2 + i, windows.get(i), extra.get(i));
    }
    long[] once = new long[windows.size()];
    Arrays.fill(once, 1);
    long[] dilation = windows.stream().mapToLong(Window::dilation).toArray();
    return Torch.nn(wide)
        .convolution(
            wide,
            turned(w, windows.size(), groups),
            bias,
            new Shape(once),
            new Shape(new long[windows.size()]),
            new Shape(dilation),
            groups)
        .get(0);
  }

  /**
   * An axis with stride − 1 zeros between elements, and what the window reaches beyond its ends.
   */
  private static NDArray spread(NDArray x, int axis, Window window, int extra) {
    int rank = x.getShape().dimension();
    int stride = window.stride();
    long n = x.getShape().get(axis);
    NDArray last = x.swapAxes(axis, rank - 1);
    long[] axes = last.getShape().getShape();
    NDArray between = last.expandDims(-1).pad(new Shape(0, stride - 1), 0);
    long[] flat = axes.clone();
    flat[rank - 1] = n * stride;
    NDArray spaced = Torch.slice(between.reshape(flat), rank - 1, 0, (n - 1) * stride + 1);
    long around = (long) (window.size() - 1) * window.dilation() - window.padding();
    return spaced.pad(new Shape(around, around + extra), 0).swapAxes(axis, rank - 1);
  }

  /** [channels, out / groups, window …] as [out, channels / groups, window turned over …]. */
  private static NDArray turned(NDArray w, int space, int groups) {
    long[] axes = w.getShape().getShape();
    int[] window = new int[space];
    List<Long> apart = new ArrayList<>(List.of((long) groups, axes[0] / groups, axes[1]));
    List<Long> together = new ArrayList<>(List.of(groups * axes[1], axes[0] / groups));
    for (int i = 0; i < space; i++) {
      window[i] = 2 + i;
      apart.add(axes[2 + i]);
      together.add(axes[2 + i]);
    }
    NDArray grouped = w.flip(window).reshape(array(apart)).swapAxes(1, 2);
    return grouped.reshape(array(together));
  }

  private static long[] array(List<Long> axes) {
    return axes.stream().mapToLong(a -> a).toArray();
  }
}

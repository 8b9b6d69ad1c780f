package limbeck.engine.op;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.kernel.composite.Window;
import limbeck.engine.verify.OpValues;

/** Pooling by index: which elements of x a position covers. */
final class NaivePool {
  private final OpValues v;
  private final Window down;
  private final Window across;
  private final int height;
  private final int width;
  private final int rows;
  private final int columns;

  NaivePool(List<Window> windows, OpValues v) {
    this.v = v;
    boolean images = windows.size() == 2;
    down = images ? windows.get(0) : Window.ONE;
    across = windows.get(images ? 1 : 0);
    height = images ? v.shape(0).axis(2) : 1;
    width = v.shape(0).last();
    rows = images ? v.shape().axis(2) : 1;
    columns = v.shape().last();
  }

  int window() {
    return down.size() * across.size();
  }

  /** Shows the elements of x that position {@code i} covers, padding left out. */
  private void each(int i, IntConsumer visitor) {
    int plane = i / columns / rows;
    for (int t = 0; t < window(); t++) {
      int y = i / columns % rows * down.stride() - down.padding() + t / across.size();
      int x = i % columns * across.stride() - across.padding() + t % across.size();
      if (y >= 0 && y < height && x >= 0 && x < width) {
        visitor.accept((plane * height + y) * width + x);
      }
    }
  }

  int count(int i) {
    int[] count = {0};
    each(i, at -> count[0]++);
    return count[0];
  }

  double maximum(int i) {
    double[] max = {Double.NEGATIVE_INFINITY};
    each(i, at -> max[0] = Math.max(max[0], v.in(0, at)));
    return max[0];
  }

  double sum(int i, boolean absolute) {
    double[] sum = {0};
    each(i, at -> sum[0] += absolute ? Math.abs(v.in(0, at)) : v.in(0, at));
    return sum[0];
  }

  /** Σ |dy| / divisor over the positions that cover element {@code at} of x. */
  double gradientSize(int at, IntToDoubleFunction divisor) {
    int plane = at / (height * width);
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      boolean covers = covers(down, row, at / width % height);
      for (int column = 0; covers && column < columns; column++) {
        if (covers(across, column, at % width)) {
          int i = (plane * rows + row) * columns + column;
          sum += Math.abs(v.gradOut(i)) / divisor.applyAsDouble(i);
        }
      }
    }
    return sum;
  }

  private static boolean covers(Window w, int position, int element) {
    int t = element - (position * w.stride() - w.padding());
    return t >= 0 && t < w.size();
  }
}

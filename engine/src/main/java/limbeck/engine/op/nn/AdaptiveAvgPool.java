package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Means of as many windows as asked for, whatever the size of a plane: x [batch, channels, length]
 * or [batch, channels, height, width] becomes y [batch, channels, sizes …]. Along an axis of n
 * elements position i of m covers those from ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉ − 1: windows share elements
 * where m does not divide n. As PyTorch's {@code AdaptiveAvgPool2d}.
 *
 * <p>Order: elements of a window are summed in double, row by row, and the mean is rounded once. A
 * position's gradient, divided by the number of elements, is added to each of them, positions
 * ascending.
 *
 * @param sizes how many positions there are, 1 at least, for each axis of space
 */
public record AdaptiveAvgPool(List<Integer> sizes) implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec[] SPECS = {
    OpSpec.of("adaptiveAvgPool").operand("x", Planes.axes(1)),
    OpSpec.of("adaptiveAvgPool").operand("x", Planes.axes(2))
  };

  /**
   * Checks the sizes and keeps them unmodifiable.
   *
   * @throws IllegalArgumentException if there are not one or two, or one is below 1
   */
  public AdaptiveAvgPool {
    sizes = Planes.checkedSizes("adaptiveAvgPool", sizes);
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return Planes.resized(spec(), in[0], sizes);
  }

  /** The first element, along an axis of n, that position i of m covers. */
  private static int first(int i, int n, int m) {
    return (int) ((long) i * n / m);
  }

  /** One past the last. */
  private static int end(int i, int n, int m) {
    return (int) (((i + 1L) * n + m - 1) / m);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, Planes.count(out.shape()), cost(in[0].shape()), in, out);
  }

  private static long cost(Shape x) {
    return 4L * Planes.size(x);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    walk(c.rows(out), in[0], out, from, to, false);
  }

  /** y from x; or, backwards, x gets what it has given. */
  private static void walk(Rows r, Tensor x, Tensor y, int from, int to, boolean backwards) {
    int h = Planes.height(x.shape());
    int w = x.shape().last();
    int rows = Planes.height(y.shape());
    int columns = y.shape().last();
    for (int k = from * rows * columns; k < to * rows * columns; k++) {
      int plane = k / (rows * columns) * h * w;
      int row = k / columns % rows;
      int column = k % columns;
      int left = first(column, w, columns);
      int n = end(column, w, columns) - left;
      int top = first(row, h, rows);
      int bottom = end(row, h, rows);
      if (backwards) {
        double each = y.get(k) / ((bottom - top) * n);
        for (int at = plane + top * w + left; at < plane + bottom * w; at += w) {
          r.addScalar(x, at, each, x, at, n);
        }
      } else {
        y.set(k, sum(x, plane + top * w + left, bottom - top, w, n) / ((bottom - top) * n));
      }
    }
  }

  /** The sum of n elements of each of some rows, w apart. */
  private static double sum(Tensor x, int first, int rows, int w, int n) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < n; j++) {
        sum += x.get(first + i * w + j);
      }
    }
    return sum;
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor dx = gradIn[0];
    int size = Planes.size(dx.shape());
    c.forEach(
        Planes.count(out.shape()),
        cost(dx.shape()),
        (from, to) -> {
          r.fill(0, dx, from * size, (to - from) * size);
          walk(r, dx, gradOut, from, to, true);
        });
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("sizes", sizes);
  }

  @Override
  public OpSpec spec() {
    return SPECS[sizes.size() - 1];
  }
}

package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
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
    sizes = List.copyOf(sizes);
    if (sizes.size() < 1 || sizes.size() > 2 || sizes.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(
          "adaptiveAvgPool: sizes " + sizes + ", one or two numbers from 1 on expected");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    if (in[0].rank() != 2 + sizes.size()) {
      throw spec().rankError(0, in[0], 2 + sizes.size());
    }
    Shape y = in[0];
    for (int i = 0; i < sizes.size(); i++) {
      if (in[0].axis(2 + i) == 0) {
        throw new ShapeException(
            "adaptiveAvgPool: " + spec().describe(0, in[0]) + " has empty planes");
      }
      y = y.with(2 + i, sizes.get(i));
    }
    return y;
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
    Shape x = in[0].shape();
    Shape y = out.shape();
    for (int k = from * Planes.size(y); k < to * Planes.size(y); k++) {
      int plane = k / Planes.size(y);
      int row = k / y.last() % Planes.height(y);
      int column = k % y.last();
      int left = first(column, x.last(), y.last());
      int right = end(column, x.last(), y.last());
      int top = first(row, Planes.height(x), Planes.height(y));
      int bottom = end(row, Planes.height(x), Planes.height(y));
      double sum = 0;
      for (int i = top; i < bottom; i++) {
        int at = plane * Planes.size(x) + i * x.last();
        for (int j = left; j < right; j++) {
          sum += in[0].get(at + j);
        }
      }
      out.set(k, sum / ((bottom - top) * (right - left)));
    }
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
          spread(r, gradOut, dx, from, to);
        });
  }

  private static void spread(Rows r, Tensor dy, Tensor dx, int from, int to) {
    Shape x = dx.shape();
    Shape y = dy.shape();
    for (int k = from * Planes.size(y); k < to * Planes.size(y); k++) {
      int plane = k / Planes.size(y);
      int row = k / y.last() % Planes.height(y);
      int column = k % y.last();
      int left = first(column, x.last(), y.last());
      int n = end(column, x.last(), y.last()) - left;
      int top = first(row, Planes.height(x), Planes.height(y));
      int bottom = end(row, Planes.height(x), Planes.height(y));
      double each = dy.get(k) / ((bottom - top) * n);
      for (int i = top; i < bottom; i++) {
        int at = plane * Planes.size(x) + i * x.last() + left;
        r.addScalar(dx, at, each, dx, at, n);
      }
    }
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

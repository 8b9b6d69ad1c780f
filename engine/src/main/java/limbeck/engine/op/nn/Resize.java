package limbeck.engine.op.nn;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Planes of another size by interpolation: x [batch, channels, length] or [batch, channels, height,
 * width] becomes y [batch, channels, sizes …]. Along an axis of n elements that becomes one of m,
 * the place of position i is (i + ½)·n/m − ½, so that the borders of both lie on each other. {@code
 * linear} mixes the two elements around it by their distances, beyond the first and the last those
 * alone; else y is the element ⌊i·n/m⌋. As PyTorch's {@code interpolate} with bilinear or nearest,
 * corners not aligned.
 *
 * <p>Order: what an element of y is mixed of is summed in double, by row and column ascending, and
 * rounded once. An element of x adds up what positions give it, positions ascending.
 *
 * @param sizes the sizes of y, 1 at least, for each axis of space
 * @param linear whether to mix neighbours, or to take the one that covers the place
 */
public record Resize(List<Integer> sizes, boolean linear)
    implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec[] SPECS = {
    OpSpec.of("resize").operand("x", Planes.axes(1)).onnx("Resize", 13),
    OpSpec.of("resize").operand("x", Planes.axes(2)).onnx("Resize", 13)
  };

  /**
   * Checks the sizes and keeps them unmodifiable.
   *
   * @throws IllegalArgumentException if there are not one or two, or one is below 1
   */
  public Resize {
    sizes = Planes.checkedSizes("resize", sizes);
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    return Planes.resized(spec(), in[0], sizes);
  }

  /**
   * Where position i of m lies among n elements: the element before it, and how far behind that.
   */
  private double place(int i, int n, int m) {
    if (!linear) {
      return Math.floorDiv((long) i * n, m);
    }
    return Math.max(0, Math.min(n - 1, (i + 0.5) * n / m - 0.5));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, Planes.count(out.shape()), cost(in[0].shape()), in, out);
  }

  private long cost(Shape x) {
    long positions = 1;
    for (int n : sizes) {
      positions *= n;
    }
    return 8 * positions + Planes.size(x);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    walk(in[0], out, from, to, false);
  }

  /** y from x; or, backwards, x gets what it has given. */
  private void walk(Tensor x, Tensor y, int from, int to, boolean backwards) {
    int h = Planes.height(x.shape());
    int w = x.shape().last();
    int rows = Planes.height(y.shape());
    int columns = y.shape().last();
    for (int k = from * rows * columns; k < to * rows * columns; k++) {
      int plane = k / (rows * columns) * h * w;
      double down = sizes.size() == 1 ? 0 : place(k / columns % rows, h, rows);
      double across = place(k % columns, w, columns);
      int top = (int) down;
      int left = (int) across;
      double lower = down - top;
      double right = across - left;
      double sum = 0;
      for (int i = 0; i <= (lower > 0 ? 1 : 0); i++) {
        for (int j = 0; j <= (right > 0 ? 1 : 0); j++) {
          double weight = (i == 0 ? 1 - lower : lower) * (j == 0 ? 1 - right : right);
          int at = plane + (top + i) * w + left + j;
          if (backwards) {
            x.set(at, x.get(at) + weight * y.get(k));
          } else {
            sum += weight * x.get(at);
          }
        }
      }
      if (!backwards) {
        y.set(k, sum);
      }
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
          walk(dx, gradOut, from, to, true);
        });
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("sizes", sizes, "linear", linear);
  }

  @Override
  public OpSpec spec() {
    return SPECS[sizes.size() - 1];
  }
}

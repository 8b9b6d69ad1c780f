package limbeck.engine.op.layout;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.StridedCopy;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * A border of one constant around the last axes: before (1, 2) and after (1, 2) make an image
 * [batch, channels, h, w] two higher and four wider.
 *
 * @param before elements added before each of the last axes, from the outermost in, not negative
 * @param after elements added after them, for as many axes
 * @param value the constant
 */
public record Pad(List<Integer> before, List<Integer> after, double value)
    implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC = OpSpec.of("pad").operand("x", "...").onnx("Pad", 13);

  /**
   * Keeps the lists unmodifiable.
   *
   * @throws IllegalArgumentException if they differ in length or hold a negative number
   */
  public Pad {
    before = List.copyOf(before);
    after = List.copyOf(after);
    boolean negative = before.stream().anyMatch(n -> n < 0) || after.stream().anyMatch(n -> n < 0);
    if (before.size() != after.size() || negative) {
      throw new IllegalArgumentException(
          "pad: before " + before + " and after " + after + " are not as many numbers from 0 on");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], before.size());
    int[] axes = in[0].toArray();
    for (int i = 0; i < axes.length; i++) {
      long size = (long) axes[i] + added(before, axes.length, i) + added(after, axes.length, i);
      if (size > Integer.MAX_VALUE) {
        throw new ShapeException("pad: x " + in[0] + " would have " + size + " on axis " + i);
      }
      axes[i] = (int) size;
    }
    return Shape.of(axes);
  }

  /** What is added at axis {@code i} of {@code rank}. */
  private static int added(List<Integer> border, int rank, int i) {
    int named = i - (rank - border.size());
    return named < 0 ? 0 : border.get(named);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      c.forward(this, out.shape().rows(), out.shape().last(), in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int rank = out.shape().rank();
    int width = out.shape().last();
    int n = in[0].shape().last();
    int left = added(before, rank, rank - 1);
    for (int row = from; row < to; row++) {
      int source = source(in[0].shape(), out.shape(), row);
      int at = row * width;
      if (source < 0) {
        r.fill(value, out, at, width);
      } else {
        r.fill(value, out, at, left);
        r.copy(in[0], source * n, out, at + left, n);
        r.fill(value, out, at + left + n, width - left - n);
      }
    }
  }

  /** The row of x that lies in this row of y; −1 if there is none. */
  private int source(Shape x, Shape y, int row) {
    int source = 0;
    int step = 1;
    int rest = row;
    for (int i = x.rank() - 2; i >= 0; i--) {
      int index = rest % y.axis(i) - added(before, x.rank(), i);
      if (index < 0 || index >= x.axis(i)) {
        return -1;
      }
      source += index * step;
      step *= x.axis(i);
      rest /= y.axis(i);
    }
    return source;
  }

  /** dx = dy without the border. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Shape x = in[0].shape();
    Shape y = out.shape();
    int first = 0;
    for (int i = 0; i < x.rank(); i++) {
      first += added(before, x.rank(), i) * y.inner(i);
    }
    StridedCopy copy = c.stridedCopy(first);
    for (int i = 0; i < x.rank(); i++) {
      copy.axis(x.axis(i), y.inner(i));
    }
    copy.run(c.workers(), c.rows(out), gradOut, gradIn[0]);
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("before", before, "after", after, "value", value);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

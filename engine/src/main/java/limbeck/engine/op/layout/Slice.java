package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Part of an axis: indices {@code from}, {@code from} + {@code step}, … below {@code to}. Negative
 * bounds count from the end: from −3 to {@link #END} takes the last three, whatever the size.
 *
 * @param axis the axis; negative: from the end
 * @param from the first index
 * @param to one past the last index, or {@link #END}
 * @param step 1 takes every index, 2 every second
 */
public record Slice(int axis, int from, int to, int step) implements LayoutOp {
  /** The end of the axis. */
  public static final int END = Integer.MAX_VALUE;

  private static final OpSpec SPEC = OpSpec.of("slice").operand("x", "...").onnx("Slice", 13);

  /** All of an axis between two indices. */
  public Slice(int axis, int from, int to) {
    this(axis, from, to, 1);
  }

  /** Checks the step. */
  public Slice {
    if (step < 1) {
      throw new IllegalArgumentException("slice: step " + step + " is not 1 or more");
    }
  }

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int at = spec().requireAxis(0, in[0], axis);
    int n = in[0].axis(at);
    int start = start(n);
    int end = end(n);
    if (start < 0 || start > end || end > n) {
      throw new ShapeException(
          "slice: x "
              + in[0]
              + " has indices 0 to "
              + n
              + " along axis "
              + axis
              + ", which do not hold "
              + from
              + " to "
              + (to == END ? "the end" : to));
    }
    return in[0].with(at, end == start ? 0 : (end - start - 1) / step + 1);
  }

  private int start(int n) {
    return from < 0 ? from + n : from == END ? n : from;
  }

  private int end(int n) {
    return to < 0 ? to + n : to == END ? n : to;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    int inner = x.inner(axis);
    c.stridedCopy(start(x.axis(axis)) * inner)
        .axis(x.outer(axis), x.axis(axis) * inner)
        .axis(out.shape().axis(axis), step * inner)
        .axis(inner, 1)
        .run(c.workers(), c.rows(out), in[0], out);
  }

  /** dx = dy at the indices taken, 0 elsewhere. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Shape dx = gradIn[0].shape();
    int each = dx.axis(axis) * dx.inner(axis);
    c.forEach(dx.outer(axis), each, (from, to) -> spread(r, gradOut, gradIn[0], from, to));
  }

  private void spread(Rows r, Tensor dy, Tensor dx, int first, int last) {
    int n = dx.shape().axis(axis);
    int count = dy.shape().axis(axis);
    int inner = dx.shape().inner(axis);
    int run = step == 1 ? count * inner : inner;
    for (int outer = first; outer < last; outer++) {
      int at = outer * n * inner;
      int end = at + n * inner;
      int to = at + start(n) * inner;
      for (int k = 0; k < count * inner; k += run) {
        r.fill(0, dx, at, to - at);
        r.copy(dy, outer * count * inner + k, dx, to, run);
        at = to + run;
        to += step * inner;
      }
      r.fill(0, dx, at, end - at);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis, "from", from, "to", to, "step", step);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

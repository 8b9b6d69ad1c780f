package limbeck.engine.op.layout;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers written over the elements of each line of an axis at indices of its own, as PyTorch's
 * {@code scatter}: y = x, and y[…, index[…, j, …], …] = updates[…, j, …] for j ascending, so that
 * the last of several stays. Index and updates have x's axes but for that one. {@link ScatterAdd}
 * adds them instead.
 *
 * @param axis the axis; negative: from the end
 */
public record Scatter(int axis) implements ScatterOp {
  private static final OpSpec SPEC =
      OpSpec.of("scatter")
          .operand("x", "...")
          .operand("index", "...")
          .operand("updates", "...")
          .onnx("ScatterElements", 13);

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    int line = out.shape().axis(axis) * out.shape().inner(axis);
    c.rows(out).copy(in[0], from * line, out, from * line, (to - from) * line);
    Along places = new Along(out.shape(), in[1].shape(), axis);
    int[] ids = in[1].ints();
    for (int k = from * places.each(); k < to * places.each(); k++) {
      out.set(places.of(k, ids[in[1].offset() + k]), in[2].get(k));
    }
  }

  /**
   * dx = dy where nothing was written, else 0. An update's gradient is dy where it was written and
   * stayed; 0 if a later one took its place. Gradients with respect to updates alone need no dx:
   * whether one stayed is found by going back, each place being given away once.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (out.size() == 0) {
      return;
    }
    Rows r = c.rows(out);
    int line = out.shape().axis(axis) * out.shape().inner(axis);
    Tensor left = gradIn[0] == null ? c.take(out.dtype(), out.shape()) : gradIn[0];
    Along places = new Along(out.shape(), in[1].shape(), axis);
    int[] ids = in[1].ints();
    c.forEach(
        out.shape().outer(axis),
        3L * line,
        (from, to) -> {
          r.copy(gradOut, from * line, left, from * line, (to - from) * line);
          for (int k = to * places.each() - 1; k >= from * places.each(); k--) {
            int at = places.of(k, ids[in[1].offset() + k]);
            if (gradIn[2] != null) {
              gradIn[2].set(k, left.get(at));
            }
            left.set(at, 0);
          }
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

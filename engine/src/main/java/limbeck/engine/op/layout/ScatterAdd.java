package limbeck.engine.op.layout;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * Numbers added to the elements of each line of an axis at indices of its own, as PyTorch's {@code
 * scatter_add}: y = x, and y[…, index[…, j, …], …] += updates[…, j, …] for j ascending. Index and
 * updates have x's axes but for that one. Into zeros this is the transpose of {@link TakeAlong}.
 *
 * @param axis the axis; negative: from the end
 */
public record ScatterAdd(int axis) implements ScatterOp {
  private static final OpSpec SPEC =
      OpSpec.of("scatterAdd")
          .operand("x", "...")
          .operand("index", "...")
          .operand("updates", "...")
          .onnx("ScatterElements", 16);

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    int line = out.shape().axis(axis) * out.shape().inner(axis);
    c.rows(out).copy(in[0], from * line, out, from * line, (to - from) * line);
    new Along(out.shape(), in[1].shape(), axis).add(in[2], in[1], out, from, to);
  }

  /** dx = dy; an update's gradient is dy where it was added. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    if (gradIn[0] != null) {
      Rows r = c.rows(out);
      c.forEach(out.size(), 1, (i, j) -> r.copy(gradOut, i, gradIn[0], i, j - i));
    }
    Tensor du = gradIn[2];
    if (du != null && du.size() > 0) {
      Along places = new Along(out.shape(), in[1].shape(), axis);
      int[] ids = in[1].ints();
      c.forEach(
          du.size(),
          2,
          (from, to) -> {
            for (int k = from; k < to; k++) {
              du.set(k, gradOut.get(places.of(k, ids[in[1].offset() + k])));
            }
          });
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Elements of each line of an axis by indices of its own, as NumPy's {@code take_along_axis} and
 * PyTorch's {@code gather}: y[…, j, …] = x[…, index[…, j, …], …]. The index has x's axes but for
 * that one, which it may have shorter or longer. With the result of {@link
 * limbeck.engine.op.index.TopK} on the same axis these are the largest elements.
 *
 * @param axis the axis; negative: from the end
 */
public record TakeAlong(int axis) implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("takeAlong").operand("x", "...").operand("index", "...").onnx("GatherElements", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    Along.require(SPEC, in[0], 1, in[1], axis);
    return in[1];
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  /**
   * Copies the elements.
   *
   * @throws limbeck.engine.tensor.ShapeException naming the first index that is out of range
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Ids.requireBelow(SPEC, 1, in[1], in[0].shape().axis(axis));
    if (out.size() > 0) {
      int each = out.shape().axis(axis) * out.shape().inner(axis);
      c.forward(this, out.shape().outer(axis), 2L * each, in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    int[] ids = in[1].ints();
    Along places = new Along(in[0].shape(), in[1].shape(), axis);
    for (int k = from * places.each(); k < to * places.each(); k++) {
      out.set(k, in[0].get(places.of(k, ids[in[1].offset() + k])));
    }
  }

  /** dx[…, i, …] = Σ of dy where the index is i, in ascending order; 0 where it is nowhere. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor dx = gradIn[0];
    Shape x = dx.shape();
    Along places = new Along(x, in[1].shape(), axis);
    int line = x.axis(axis) * x.inner(axis);
    c.forEach(
        x.outer(axis),
        line + 2L * places.each(),
        (from, to) -> {
          r.fill(0, dx, from * line, (to - from) * line);
          places.add(gradOut, in[1], dx, from, to);
        });
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

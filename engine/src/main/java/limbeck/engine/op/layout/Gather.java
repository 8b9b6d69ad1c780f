package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.IdGroups;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Entries of an axis by number, as NumPy's {@code take}: y[…, i…, …] = x[…, index[i…], …]. The
 * index, of any shape, takes the place of the axis; an index may come several times, and is never
 * negative.
 *
 * <p>Rows of a table [ids, width] by ids [batch, time], along axis 0, make [batch, time, width]:
 * that is an embedding.
 *
 * @param axis the axis; negative: from the end
 */
public record Gather(int axis) implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("gather").operand("x", "...").operand("index", "...").onnx("Gather", 13);

  /** Elements whose copying costs as much as finding a row. */
  private static final int FIND = 8;

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int at = spec().requireAxis(0, in[0], axis);
    int[] result = new int[in[0].rank() - 1 + in[1].rank()];
    if (result.length > Shape.MAX_AXES) {
      throw new ShapeException(
          "gather: x " + in[0] + " by index " + in[1] + " has more than 8 axes");
    }
    for (int i = 0; i < result.length; i++) {
      int k = i - at;
      result[i] =
          k < 0
              ? in[0].axis(i)
              : k < in[1].rank() ? in[1].axis(k) : in[0].axis(i - in[1].rank() + 1);
    }
    return Shape.of(result);
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  /**
   * Copies the entries.
   *
   * @throws ShapeException naming the first index that is out of range
   */
  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    Ids.requireBelow(SPEC, 1, in[1], x.axis(axis));
    if (out.size() > 0) {
      c.forward(this, x.outer(axis) * in[1].size(), FIND + x.inner(axis), in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int n = in[0].shape().axis(axis);
    int inner = in[0].shape().inner(axis);
    int positions = in[1].size();
    for (int row = from; row < to; row++) {
      int outer = row / positions;
      int id = in[1].ints()[in[1].offset() + row - outer * positions];
      r.copy(in[0], (outer * n + id) * inner, out, row * inner, inner);
    }
  }

  /**
   * dx[id] = Σ dy over the positions of id, in the index's row-major order, starting from the
   * first; 0 for an id that does not occur.
   */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor dx = gradIn[0];
    c.forEach(dx.size(), 1, (from, to) -> r.fill(0, dx, from, to - from));
    int n = dx.shape().axis(axis);
    int inner = dx.shape().inner(axis);
    int positions = in[1].size();
    Tensor order = c.take(DType.I32, Shape.of(positions));
    Tensor starts = c.take(DType.I32, Shape.of(positions + 1));
    Tensor found = c.take(DType.I32, Shape.of(positions));
    Tensor scratch = c.take(DType.I32, Shape.of(IdGroups.scratchSize(positions)));
    int groups = IdGroups.find(in[1], n - 1, -1, order, starts, found, scratch);
    if (out.size() > 0) {
      c.forEach(
          dx.shape().outer(axis) * groups,
          FIND + (long) positions * inner / groups,
          (from, to) -> {
            for (int unit = from; unit < to; unit++) {
              int outer = unit / groups;
              int group = unit - outer * groups;
              int id = found.ints()[found.offset() + group];
              int at = (outer * n + id) * inner;
              IdGroups.sum(r, gradOut, outer * positions, inner, order, starts, group, dx, at);
            }
          });
    }
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

package limbeck.engine.op.reduce;

import java.util.List;
import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.index.IndexOp;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Where along an axis the largest element is; of equal ones the first, and the first NaN if there
 * is one. The axis goes, or stays with size 1.
 *
 * @param axis the axis; negative: from the end
 * @param keepAxis whether the axis stays
 */
public record ArgMax(int axis, boolean keepAxis) implements IndexOp {
  private static final OpSpec SPEC = OpSpec.of("argMax").operand("x", "...").onnx("ArgMax", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int bits = bits(in[0]);
    if (Reduced.terms(in[0], bits) == 0) {
      throw new ShapeException(
          "argMax: " + spec().describe(0, in[0]) + " has no elements along axis " + axis);
    }
    return Reduced.result(in[0], bits, keepAxis);
  }

  private int bits(Shape x) {
    return spec().requireAxes(0, x, List.of(axis));
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Tensor rows = Reduced.rows(c, in[0], bits(in[0].shape()));
    c.forward(this, out.size(), in[0].shape().axis(axis), new Tensor[] {in[0], rows}, out);
  }

  /** Forward for rows {@code from} to {@code to}; operand 1 has them one after another. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor rows = in[1];
    Rows r = c.rows(rows);
    int n = in[0].shape().axis(axis);
    for (int row = from; row < to; row++) {
      int first = Max.first(r, rows, row * n, n, r.max(rows, row * n, n));
      out.ints()[out.offset() + row] = first - row * n;
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis, "keepAxis", keepAxis);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

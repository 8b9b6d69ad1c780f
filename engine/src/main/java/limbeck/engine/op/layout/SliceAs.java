package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The first entries of an axis, as many as an axis of another tensor has: so a table of positions
 * is cut to the length of a batch by a program that holds no length. The other tensor says the
 * number, and nothing else.
 *
 * @param axis the axis of x; negative: from the end
 * @param like the axis of the other tensor; negative: from the end
 */
public record SliceAs(int axis, int like) implements LayoutOp {
  private static final OpSpec SPEC =
      OpSpec.of("sliceAs").operand("x", "...").operand("like", "...").onnx("Slice", 13);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    int at = spec().requireAxis(0, in[0], axis);
    int n = in[1].axis(spec().requireAxis(1, in[1], like));
    if (n > in[0].axis(at)) {
      throw new ShapeException(
          "sliceAs: "
              + spec().describe(0, in[0])
              + " has "
              + in[0].axis(at)
              + " entries along axis "
              + axis
              + ", fewer than the "
              + n
              + " of "
              + spec().describe(1, in[1]));
    }
    return in[0].with(at, n);
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public OperandType operandType(int k) {
    return k == 0 ? OperandType.FLOATING : OperandType.ANY;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Shape x = in[0].shape();
    c.stridedCopy(0)
        .axis(x.outer(axis), x.axis(axis) * x.inner(axis))
        .axis(out.shape().axis(axis) * x.inner(axis), 1)
        .run(c.workers(), c.rows(out), in[0], out);
  }

  /** dx = dy for the entries taken, 0 for the others. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    Tensor dx = gradIn[0];
    int line = dx.shape().axis(axis) * dx.shape().inner(axis);
    int taken = out.shape().axis(axis) * out.shape().inner(axis);
    c.forEach(
        dx.shape().outer(axis),
        line,
        (from, to) -> {
          for (int k = from; k < to; k++) {
            r.copy(gradOut, k * taken, dx, k * line, taken);
            r.fill(0, dx, k * line + taken, line - taken);
          }
        });
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("axis", axis, "like", like);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

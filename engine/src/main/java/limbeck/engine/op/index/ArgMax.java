package limbeck.engine.op.index;

import java.util.Map;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
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
    int at = spec().requireAxis(0, in[0], axis);
    if (in[0].axis(at) == 0) {
      throw new ShapeException(
          "argMax: " + spec().describe(0, in[0]) + " has no elements along axis " + axis);
    }
    return keepAxis ? in[0].with(at, 1) : in[0].without(at);
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    if (out.size() > 0) {
      c.forward(this, out.size(), in[0].shape().axis(axis), in, out);
    }
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Tensor x = in[0];
    int n = x.shape().axis(axis);
    int inner = x.shape().inner(axis);
    for (int row = from; row < to; row++) {
      int first = row / inner * n * inner + row % inner;
      int best = 0;
      for (int j = 1; j < n && !Double.isNaN(x.get(first + best * inner)); j++) {
        double value = x.get(first + j * inner);
        if (value > x.get(first + best * inner) || Double.isNaN(value)) {
          best = j;
        }
      }
      out.ints()[out.offset() + row] = best;
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

package limbeck.engine.op.nn;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Turns pairs of elements of each step by angles of its position: with h half of the width, and
 * cosines c and sines s of position first + t,
 *
 * <p>y[…, t, i] = x[…, t, i]·c_i − x[…, t, h + i]·s_i and y[…, t, h + i] = x[…, t, h + i]·c_i +
 * x[…, t, i]·s_i, for i below h. Su et al. 2021, arXiv:2104.09864; which elements are a pair
 * follows Llama and GPT-NeoX, where the paper pairs neighbours. The scalar product of two steps so
 * turned depends on the distance of their positions alone. Tables are not differentiated.
 *
 * <p>Order: the product with the sine is rounded, then one fma.
 *
 * @param first the position of step 0: above 0 where decoding goes on
 */
public record RotatePositions(int first) implements Op, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("rotatePositions")
          .operand("x", "... steps width")
          .operand("cosines", "positions half")
          .operand("sines", "positions half");

  /** Checks the first position. */
  public RotatePositions {
    Positions.requireFirst("rotatePositions", first);
  }

  @Override
  public Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    spec.requireRank(0, in[0], 2);
    if (in[1].rank() != 2) {
      throw spec.rankError(1, in[1], 2);
    }
    spec.requireSameShape(1, 2, in);
    if (in[0].last() != 2 * in[1].last()) {
      throw new ShapeException(
          "rotatePositions: "
              + spec.describe(0, in[0])
              + " is not twice as wide as "
              + spec.describe(1, in[1]));
    }
    Positions.requireRows(spec, in[0], in[0].axis(-2), in[1], first);
    return in[0];
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public OperandType operandType(int k) {
    return OperandType.FLOATING;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.shape().rows(), 3L * out.shape().last(), in, out);
  }

  /** Forward for steps {@code from} to {@code to}, counted through all sequences. */
  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    turn(c.rows(out), in, in[0], 1, out, from, to);
  }

  /** y = x turned by the angles, or with sign −1 back by them. */
  private void turn(Rows r, Tensor[] in, Tensor x, int sign, Tensor y, int from, int to) {
    int steps = y.shape().axis(-2);
    int half = in[1].shape().last();
    for (int row = from; row < to; row++) {
      int i = 2 * row * half;
      int table = (first + row % steps) * half;
      part(r, in, x, i, i + half, -sign, y, table, half);
      part(r, in, x, i + half, i, sign, y, table, half);
    }
  }

  /** y[i] = x[i]·c + sign·x[j]·s, n elements each. */
  private static void part(
      Rows r, Tensor[] in, Tensor x, int i, int j, int sign, Tensor y, int table, int n) {
    r.mul(x, j, in[2], table, y, i, n);
    if (sign < 0) {
      r.scale(y, i, -1, y, i, n);
    }
    r.mulAdd(x, i, in[1], table, y, i, n);
  }

  /** dx is dy turned back. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.shape().rows(),
        3L * out.shape().last(),
        (from, to) -> turn(r, in, gradOut, -1, gradIn[0], from, to));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("first", first);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

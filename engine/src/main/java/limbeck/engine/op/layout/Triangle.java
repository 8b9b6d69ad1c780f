package limbeck.engine.op.layout;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * One triangle of each matrix [h, w] of the last two axes, the other zeros. Element (i, j) stays in
 * the upper one if j − i ≥ diagonal, in the lower one if j − i ≤ diagonal: diagonal 0 is the main
 * one, and stays in both.
 *
 * @param upper which triangle stays
 * @param diagonal the last diagonal that stays, above the main one if positive
 */
public record Triangle(boolean upper, int diagonal) implements LayoutOp, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("triangle").operand("x", "... h w").onnx("Trilu", 14);

  @Override
  public Shape infer(Shape... in) {
    spec().requireOperands(in.length);
    spec().requireRank(0, in[0], 2);
    return in[0];
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.shape().rows(), out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    cut(c.rows(out), in[0], out, from, to);
  }

  private void cut(Rows r, Tensor x, Tensor y, int from, int to) {
    int h = y.shape().axis(-2);
    int w = y.shape().last();
    for (int row = from; row < to; row++) {
      long edge = (long) row % h + diagonal + (upper ? 0 : 1);
      int border = (int) Math.max(0, Math.min(w, edge));
      int at = row * w;
      if (upper) {
        r.fill(0, y, at, border);
        r.copy(x, at + border, y, at + border, w - border);
      } else {
        r.copy(x, at, y, at, border);
        r.fill(0, y, at + border, w - border);
      }
    }
  }

  /** dx is the same triangle of dy. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    c.forEach(
        out.shape().rows(), out.shape().last(), (from, to) -> cut(r, gradOut, gradIn[0], from, to));
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("upper", upper, "diagonal", diagonal);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

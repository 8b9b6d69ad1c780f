package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * The mean of each plane: x [batch, channels, space …] becomes y [batch, channels]. Order: the sum
 * by {@link Rows#sum}, then one division. Its gradient: dx = dy / (elements of a plane), everywhere
 * in the plane. Lin, Chen and Yan 2014, arXiv:1312.4400, section 3.2.
 */
public record GlobalAvgPool() implements ChannelOp, OpContext.ForwardPass {
  private static final OpSpec SPEC = OpSpec.of("globalAvgPool").operand("x", "batch channels ...");

  @Override
  public Shape infer(Shape... in) {
    SPEC.requireOperands(in.length);
    SPEC.requireRank(0, in[0], 3);
    int rows = in[0].axis(0) * in[0].axis(1);
    if (rows > 0 && in[0].size() == 0) {
      throw new ShapeException("globalAvgPool: " + SPEC.describe(0, in[0]) + " has empty planes");
    }
    return Shape.of(in[0].axis(0), in[0].axis(1));
  }

  private static int planeSize(Tensor x, Tensor y) {
    return x.size() / Math.max(1, y.size());
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    c.forward(this, out.size(), planeSize(in[0], out), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int n = planeSize(in[0], out);
    for (int plane = from; plane < to; plane++) {
      out.set(plane, r.sum(in[0], plane * n, n) / n);
    }
  }

  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Rows r = c.rows(out);
    int n = planeSize(in[0], out);
    c.forEach(
        out.size(),
        n,
        (from, to) -> {
          for (int plane = from; plane < to; plane++) {
            r.fill(gradOut.get(plane) / n, gradIn[0], plane * n, n);
          }
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

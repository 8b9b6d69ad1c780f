package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * The last valid step of each sequence of a batch: y[b] = x[b, lengths[b] − 1], for x [batch, time,
 * width] and I32 lengths [batch]; zeros for an example of length 0. What a recurrent layer has
 * gathered about a sentence.
 */
public record LastStep() implements Op, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("lastStep").operand("x", "batch time width").operand("lengths", "batch");

  @Override
  public Shape infer(Shape... in) {
    SPEC.requireOperands(in.length);
    if (in[0].rank() != 3) {
      throw SPEC.rankError(0, in[0], 3);
    }
    if (in[1].rank() != 1) {
      throw SPEC.rankError(1, in[1], 1);
    }
    SPEC.requireEqual("batch", 0, in[0], in[0].axis(0), 1, in[1], in[1].axis(0));
    return Shape.of(in[0].axis(0), in[0].last());
  }

  @Override
  public boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    Lengths.require(SPEC, 1, in[1], in[0].shape().axis(1));
    c.forward(this, out.shape().axis(0), out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int steps = in[0].shape().axis(1);
    int n = out.shape().last();
    for (int b = from; b < to; b++) {
      int length = Lengths.of(in[1], b);
      if (length > 0) {
        r.copy(in[0], (b * steps + length - 1) * n, out, b * n, n);
      } else {
        r.fill(0, out, b * n, n);
      }
    }
  }

  /** dx is dy at the last valid step, and zero elsewhere. */
  @Override
  public void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor dx = gradIn[0];
    Rows r = c.rows(dx);
    int steps = dx.shape().axis(1);
    int n = dx.shape().last();
    c.forEach(
        dx.shape().axis(0),
        (long) steps * n,
        (from, to) -> {
          r.fill(0, dx, from * steps * n, (to - from) * steps * n);
          for (int b = from; b < to; b++) {
            int length = Lengths.of(in[1], b);
            if (length > 0) {
              r.copy(gradOut, b * n, dx, (b * steps + length - 1) * n, n);
            }
          }
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Op;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * An op that makes one vector of each sequence's valid steps: x [batch, time, width] and I32
 * lengths [batch] give y [batch, width]; zeros for a sequence without steps. Steps behind the valid
 * ones change nothing and get no gradient.
 *
 * <p>Order: y begins as the first step, then each step is {@linkplain #join joined}, ascending.
 */
public sealed interface StepPooling extends Op, OpContext.ForwardPass permits MeanSteps, MaxSteps {
  @Override
  default Shape infer(Shape... in) {
    OpSpec spec = spec();
    spec.requireOperands(in.length);
    for (int k = 0; k < 2; k++) {
      int rank = k == 0 ? 3 : 1;
      if (in[k].rank() != rank) {
        throw spec.rankError(k, in[k], rank);
      }
    }
    spec.requireEqual("batch", 0, in[0], in[0].axis(0), 1, in[1], in[1].axis(0));
    return Shape.of(in[0].axis(0), in[0].last());
  }

  @Override
  default boolean differentiable(int k) {
    return k == 0;
  }

  @Override
  default void forward(OpContext c, Tensor[] in, Tensor out) {
    int steps = in[0].shape().axis(1);
    Lengths.require(spec(), 1, in[1], steps);
    c.forward(this, out.shape().axis(0), (long) steps * out.shape().last(), in, out);
  }

  @Override
  default void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
    Rows r = c.rows(out);
    int steps = in[0].shape().axis(1);
    int n = out.shape().last();
    for (int b = from; b < to; b++) {
      int length = Lengths.of(in[1], b);
      if (length == 0) {
        r.fill(0, out, b * n, n);
        continue;
      }
      r.copy(in[0], b * steps * n, out, b * n, n);
      for (int t = 1; t < length; t++) {
        join(r, in[0], (b * steps + t) * n, out, b * n, n);
      }
      finish(r, out, b * n, n, length);
    }
  }

  /** Takes a step, n elements of x from i on, into what y holds of those before, from j on. */
  void join(Rows r, Tensor x, int i, Tensor y, int j, int n);

  /** Makes the result, in place, of what all steps of a sequence came to: nothing is left to do. */
  default void finish(Rows r, Tensor y, int j, int n, int length) {}

  @Override
  default void backward(OpContext c, Tensor[] in, Tensor out, Tensor gradOut, Tensor[] gradIn) {
    Tensor dx = gradIn[0];
    int steps = dx.shape().axis(1);
    int n = dx.shape().last();
    c.forEach(
        dx.shape().axis(0),
        (long) steps * n,
        (from, to) -> {
          Rows r = c.rows(dx);
          for (int b = from; b < to; b++) {
            int length = Lengths.of(in[1], b);
            gradient(c, in[0], out, gradOut, dx, b, length);
            r.fill(0, dx, (b * steps + length) * n, (steps - length) * n);
          }
        });
  }

  /** Writes the gradient of sequence b's valid steps. */
  void gradient(OpContext c, Tensor x, Tensor y, Tensor dy, Tensor dx, int b, int length);
}

package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The largest value of each sequence's valid steps: y[b, i] = max_t x[b, t, i]; NaN if there is
 * one. Max pooling over time of Kim 2014, arXiv:1408.5882, section 2. The gradient goes to the
 * first of equal largest values, as that of max pooling does.
 */
public record MaxSteps() implements StepPooling, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("maxSteps").operand("x", "batch time width").operand("lengths", "batch");

  @Override
  public void forward(OpContext c, Tensor[] in, Tensor out) {
    int steps = in[0].shape().axis(1);
    Lengths.require(SPEC, 1, in[1], steps);
    c.forward(this, out.shape().axis(0), (long) steps * out.shape().last(), in, out);
  }

  @Override
  public void run(OpContext c, Tensor[] in, Tensor out, int from, int to) {
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
        r.maximum(out, b * n, in[0], (b * steps + t) * n, out, b * n, n);
      }
    }
  }

  /** dx = dy at the first step that attains the maximum, or is NaN; +0 elsewhere. */
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
            if (Lengths.of(in[1], b) > 0) {
              toFirstLargest(in[0], b * steps * n, n, out, gradOut, b * n, dx);
            }
          }
        });
  }

  /** One sequence, which attains its maximum somewhere. */
  private static void toFirstLargest(
      Tensor x, int from, int n, Tensor y, Tensor dy, int row, Tensor dx) {
    for (int i = 0; i < n; i++) {
      double max = y.get(row + i);
      int at = from + i;
      double value = x.get(at);
      while (value != max && !Double.isNaN(value)) {
        at += n;
        value = x.get(at);
      }
      dx.set(at, dy.get(row + i));
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

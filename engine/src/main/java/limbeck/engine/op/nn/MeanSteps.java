package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The mean of each sequence's valid steps: y[b] = Σ_t x[b, t] / lengths[b]. Order: steps ascending,
 * starting from the first; then one product with 1 / lengths[b].
 */
public record MeanSteps() implements StepPooling, OpContext.ForwardPass {
  private static final OpSpec SPEC =
      OpSpec.of("meanSteps").operand("x", "batch time width").operand("lengths", "batch");

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
        r.add(out, b * n, in[0], (b * steps + t) * n, out, b * n, n);
      }
      r.scale(out, b * n, 1.0 / length, out, b * n, n);
    }
  }

  /** dx = dy / lengths[b] at the valid steps, +0 elsewhere. */
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
          for (int b = from; b < to; b++) {
            int length = Lengths.of(in[1], b);
            for (int t = 0; t < length; t++) {
              r.scale(gradOut, b * n, 1.0 / length, dx, (b * steps + t) * n, n);
            }
            r.fill(0, dx, (b * steps + length) * n, (steps - length) * n);
          }
        });
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.Lane;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The largest value of each sequence's valid steps: y[b, i] = max_t x[b, t, i]; NaN if there is
 * one. Max pooling over time of Kim 2014, arXiv:1408.5882, section 2. The gradient goes to the
 * first of equal largest values, as that of max pooling does.
 */
public record MaxSteps() implements StepPooling {
  private static final OpSpec SPEC =
      OpSpec.of("maxSteps").operand("x", "batch time width").operand("lengths", "batch");

  @Override
  public void join(Rows r, Tensor x, int i, Tensor y, int j, int n) {
    r.maximum(y, j, x, i, y, j, n);
  }

  /** dx = dy at the first step that attains the maximum, or is NaN; +0 elsewhere. */
  @Override
  public void gradient(OpContext c, Tensor x, Tensor y, Tensor dy, Tensor dx, int b, int length) {
    Rows r = c.rows(dx);
    int n = dy.shape().last();
    int first = b * dx.shape().axis(1) * n;
    Lane lane = c.lane();
    Tensor rest = lane.scratch(0, dx.dtype(), n); // of dy, which no step has taken yet
    r.copy(dy, b * n, rest, 0, n);
    for (int t = 0; t < length; t++) {
      int at = first + t * n;
      r.claimMaximum(x, at, y, b * n, rest, 0, dx, at, n);
    }
    c.giveBack(lane);
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

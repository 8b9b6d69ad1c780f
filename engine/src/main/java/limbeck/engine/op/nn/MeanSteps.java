package limbeck.engine.op.nn;

import limbeck.engine.kernel.Rows;
import limbeck.engine.op.OpContext;
import limbeck.engine.op.OpSpec;
import limbeck.engine.tensor.Tensor;

/**
 * The mean of each sequence's valid steps: y[b] = Σ_t x[b, t] / lengths[b]. Order: steps ascending,
 * starting from the first; then one product with 1 / lengths[b].
 */
public record MeanSteps() implements StepPooling {
  private static final OpSpec SPEC =
      OpSpec.of("meanSteps").operand("x", "batch time width").operand("lengths", "batch");

  @Override
  public void join(Rows r, Tensor x, int i, Tensor y, int j, int n) {
    r.add(y, j, x, i, y, j, n);
  }

  @Override
  public void finish(Rows r, Tensor y, int j, int n, int length) {
    r.scale(y, j, 1.0 / length, y, j, n);
  }

  /** dx = dy / lengths[b]. */
  @Override
  public void gradient(OpContext c, Tensor x, Tensor y, Tensor dy, Tensor dx, int b, int length) {
    Rows r = c.rows(dx);
    int n = dy.shape().last();
    int first = b * dx.shape().axis(1) * n;
    for (int t = 0; t < length; t++) {
      r.scale(dy, b * n, 1.0 / length, dx, first + t * n, n);
    }
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Huber loss of outputs z against targets v: Σ h(z − v) per example, with h(d) = d²/2 where |d| ≤
 * δ, else δ·(|d| − δ/2): squared near 0, straight beyond, so that outliers pull with a bounded
 * force. P. J. Huber, Robust estimation of a location parameter, 1964. Value and first derivative
 * are continuous. Divided by δ it is what toolkits call the smooth L1 loss.
 *
 * <p>The sum over an example is taken in double, in the order of outputs.
 *
 * @param delta δ, above 0
 * @param reduction over outputs and examples; {@link Reduction#ELEMENT_MEAN} is the mean of
 *     PyTorch's {@code huber_loss}
 */
public record Huber(double delta, Reduction reduction) implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("huber").operand("outputs", "... n").operand("targets", "... n");

  /** With a mean over all elements. */
  public Huber(double delta) {
    this(delta, Reduction.ELEMENT_MEAN);
  }

  /** Checks δ. */
  public Huber {
    if (!(delta > 0 && delta <= 1e30)) {
      throw new IllegalArgumentException("huber: delta " + delta + " is not in (0, 1e30]");
    }
  }

  /** The derivatives: the differences z − v, no larger than δ. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
  }

  @Override
  public long cost(Shape outputs) {
    return 8L * outputs.last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    r.sub(in[0], from * n, in[1], from * n, saved, from * n, (to - from) * n);
    for (int row = from; row < to; row++) {
      double sum = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        double d = saved.get(i);
        double slope = Math.max(-delta, Math.min(delta, d));
        sum += slope * (d - slope / 2); // d²/2 or δ·(|d| − δ/2)
        saved.set(i, slope);
      }
      losses.set(row, sum);
    }
  }

  /** dz = max(−δ, min(δ, z − v)) · dL, dv = −dz. */
  @Override
  public void backwardRows(
      Rows r,
      Tensor[] in,
      Tensor losses,
      Tensor saved,
      double scale,
      Tensor[] gradIn,
      int from,
      int to) {
    int i = from * in[0].shape().last();
    int n = (to - from) * in[0].shape().last();
    for (int k = 0; k < 2; k++) {
      if (gradIn[k] != null) {
        r.scale(saved, i, k == 0 ? scale : -scale, gradIn[k], i, n);
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("delta", delta, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

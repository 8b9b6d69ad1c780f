package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Squared error of outputs z against targets v, weight · Σ (z − v)² per example. With weight ½ and
 * {@link Reduction#BATCH_MEAN} it is logit matching (Ba and Caruana 2014, arXiv:1312.6184); with
 * weight 1 and {@link Reduction#ELEMENT_MEAN} the usual mean squared error. Unlike soft targets it
 * is not invariant to a constant added to all logits of an example.
 *
 * @param weight factor on the sum of squares
 * @param reduction over outputs and examples
 */
public record SquaredError(double weight, Reduction reduction) implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("squaredError").operand("outputs", "... n").operand("targets", "... n");

  /** Logit matching: half the squared distance, mean over examples. */
  public static SquaredError logitMatching() {
    return new SquaredError(0.5, Reduction.BATCH_MEAN);
  }

  /** Mean squared error over all elements. */
  public static SquaredError mean() {
    return new SquaredError(1, Reduction.ELEMENT_MEAN);
  }

  @Override
  public double factor(Tensor[] in) {
    return weight * reduction.factor(in[0].shape().rows(), in[0].shape().last());
  }

  /** The differences z − v. */
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
    return 4L * outputs.last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    r.sub(in[0], from * n, in[1], from * n, saved, from * n, (to - from) * n);
    for (int row = from; row < to; row++) {
      losses.set(row, r.dot(saved, row * n, saved, row * n, n));
    }
  }

  /** dz = 2 (z − v) · dL, dv = −dz. */
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
        r.scale(saved, i, (k == 0 ? 2 : -2) * scale, gradIn[k], i, n);
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("weight", weight, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

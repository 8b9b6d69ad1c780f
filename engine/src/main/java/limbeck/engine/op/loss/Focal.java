package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Focal loss of logits z against labels y: l = −(1 − p_y)^γ · ln p_y with p = softmax(z):
 * cross-entropy in which examples that are right already count for little. Lin et al. 2017,
 * arXiv:1708.02002, equation 4, for any number of classes; with γ = 0 it is {@link CrossEntropy}.
 *
 * <p>Gradient: with q = 1 − p_y, dl/dp_y = γ·q^(γ−1)·ln p_y − q^γ/p_y, and dp_y/dz_j = p_y·([j = y]
 * − p_j), so that dz_j = (q^γ − γ·q^(γ−1)·p_y·ln p_y)·(p_j − [j = y]). q is −(e^(ln p) − 1), which
 * keeps its digits where p is near 1; and the difference at the label is −q.
 *
 * <p>What belongs to one example is computed in double and rounded.
 *
 * @param gamma γ, from 0 to 100
 * @param reduction over examples; {@link Reduction#ELEMENT_MEAN} also divides by the classes
 */
public record Focal(double gamma, Reduction reduction) implements LabelLossOp {
  private static final OpSpec SPEC =
      OpSpec.of("focal").operand("logits", "... classes").operand("labels", "...").domain(-5, 5);

  /** Mean over examples. */
  public Focal(double gamma) {
    this(gamma, Reduction.BATCH_MEAN);
  }

  /** Checks γ. */
  public Focal {
    if (!(gamma >= 0 && gamma <= 100)) {
      throw new IllegalArgumentException("focal: gamma " + gamma + " is not in [0, 100]");
    }
  }

  /** The log-probabilities. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int classes = in[0].shape().last();
    LogSoftmaxKernel.forward(r, in[0], 1, saved.reshape(in[0].shape()), from, to);
    for (int row = from; row < to; row++) {
      double log = saved.get(row * classes + Labels.of(in[1], row));
      losses.set(row, -power(-StrictMath.expm1(log), gamma) * log);
    }
  }

  /** q^e, and 1 for e = 0. */
  private static double power(double q, double e) {
    return e == 0 ? 1 : StrictMath.pow(q, e);
  }

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
    int classes = in[0].shape().last();
    Tensor dz = gradIn[0];
    for (int row = from; row < to; row++) {
      int i = row * classes;
      int label = i + Labels.of(in[1], row);
      double log = saved.get(label);
      double q = -StrictMath.expm1(log);
      double slope = gamma == 0 ? 1 : power(q, gamma) - gamma * hard(q, log);
      r.exp(saved, i, dz, i, classes);
      dz.set(label, -q);
      r.scale(dz, i, slope * scale, dz, i, classes);
    }
  }

  /** q^(γ−1)·p·ln p, which is 0 at p = 1, where ln p is −q, and at p = 0. */
  private double hard(double q, double log) {
    return q == 0 || log == Double.NEGATIVE_INFINITY
        ? 0
        : power(q, gamma - 1) * StrictMath.exp(log) * log;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("gamma", gamma, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.OperandType;
import limbeck.engine.op.Reduction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.ShapeException;
import limbeck.engine.tensor.Tensor;

/**
 * Binary cross-entropy of logits x against targets t from 0 to 1, labels or a teacher's
 * probabilities: Σ (1 − t)·(−ln(1 − σ)) + w·t·(−ln σ) per example, with σ = 1/(1 + e⁻ˣ). The
 * optional weight w of an output counts its positives w times, where they are rare.
 *
 * <p>Both logarithms are softplus: −ln σ(x) = ln(1 + e⁻ˣ) = softplus(−x) and −ln(1 − σ(x)) =
 * softplus(x). Neither overflows, and the small one keeps its digits: a sure and right output has a
 * loss and a gradient of the size of e^−|x|, not 0.
 *
 * <p>Gradient: softplus′ = σ, so that dx = (1 − t)·σ(x) − w·t·σ(−x), which is σ − t where w = 1;
 * and dt = w·softplus(−x) − softplus(x).
 *
 * <p>The sum over an example is taken in double, in the order of outputs; a term whose factor is 0
 * is left out, even if it is infinite.
 *
 * @param weighted whether there is an operand of positive weights, one per output, none negative
 * @param reduction over outputs and examples; {@link Reduction#ELEMENT_MEAN} is the mean of
 *     PyTorch's {@code binary_cross_entropy_with_logits}
 */
public record BceLogits(boolean weighted, Reduction reduction) implements LossOp {
  private static final OpSpec PLAIN =
      OpSpec.of("bceLogits").operand("logits", "... n").operand("targets", "... n").domain(-5, 5);
  private static final OpSpec WEIGHTED = PLAIN.operand("positive weights", "n");

  /** How far targets may be outside 0 to 1: means of probabilities are rounded. */
  private static final double SLACK = 1e-6;

  /** Without weights, mean over all elements. */
  public BceLogits() {
    this(false, Reduction.ELEMENT_MEAN);
  }

  /** This loss with a further operand, positive weights [n]. */
  public BceLogits withWeights() {
    return new BceLogits(true, reduction);
  }

  /** This loss, reduced otherwise. */
  public BceLogits withReduction(Reduction other) {
    return new BceLogits(weighted, other);
  }

  /** softplus(x) and softplus(−x). */
  @Override
  public int savedPerExample(Shape... in) {
    return 2 * in[0].last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
    if (weighted && in[2].rank() != 1) {
      throw spec().rankError(2, in[2], 1);
    }
    if (weighted) {
      spec().requireEqual("n", 0, in[0], in[0].last(), 2, in[2], in[2].last());
    }
  }

  /**
   * Checks the range of targets and weights.
   *
   * @throws ShapeException naming the first one that is wrong
   */
  @Override
  public void checkValues(Tensor[] in) {
    for (int i = 0; i < in[1].size(); i++) {
      double t = in[1].get(i);
      if (t < -SLACK || t > 1 + SLACK) {
        throw new ShapeException("bceLogits: targets[" + i + "] = " + t + " is not in 0..1");
      }
    }
    if (weighted) {
      Weights.check(spec(), 2, in);
    }
  }

  @Override
  public boolean differentiable(int k) {
    return k < 2;
  }

  /** Also the weights. */
  @Override
  public OperandType operandType(int k) {
    return OperandType.FLOATING;
  }

  private double weight(Tensor[] in, int i) {
    return weighted ? in[2].get(i % in[2].size()) : 1;
  }

  private static Tensor negative(Tensor[] in, Tensor saved) {
    return saved.slice(in[0].size(), 2 * in[0].size());
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    Tensor negative = negative(in, saved);
    r.softplus(in[0], from * n, saved, from * n, (to - from) * n);
    r.scale(in[0], from * n, -1, negative, from * n, (to - from) * n);
    r.softplus(negative, from * n, negative, from * n, (to - from) * n);
    for (int row = from; row < to; row++) {
      double sum = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        double t = in[1].get(i);
        sum += term(1 - t, saved.get(i)) + term(weight(in, i) * t, negative.get(i));
      }
      losses.set(row, sum);
    }
  }

  private static double term(double factor, double softplus) {
    return factor == 0 ? 0 : factor * softplus;
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
    int start = from * in[0].shape().last();
    int end = to * in[0].shape().last();
    if (gradIn[0] != null) {
      logitGradient(r, in, scale, gradIn[0], start, end);
    }
    Tensor negative = negative(in, saved);
    for (int i = start; i < end && gradIn[1] != null; i++) {
      gradIn[1].set(i, (weight(in, i) * negative.get(i) - saved.get(i)) * scale);
    }
  }

  /** σ(x) and σ(−x) from the smaller of them, which has all its digits. */
  private void logitGradient(Rows r, Tensor[] in, double scale, Tensor dx, int start, int end) {
    for (int i = start; i < end; i++) {
      dx.set(i, -Math.abs(in[0].get(i)));
    }
    r.sigmoid(dx, start, dx, start, end - start);
    for (int i = start; i < end; i++) {
      double small = dx.get(i);
      boolean up = in[0].get(i) > 0;
      double t = in[1].get(i);
      double off = (1 - t) * (up ? 1 - small : small);
      double on = weight(in, i) * t * (up ? small : 1 - small);
      dx.set(i, (off - on) * scale);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("weighted", weighted, "reduction", reduction.name());
  }

  @Override
  public OpSpec spec() {
    return weighted ? WEIGHTED : PLAIN;
  }
}

package limbeck.engine.op.loss;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Cross-entropy of softened logits z against a target distribution p: T² · H(p, q) = −T² · Σ p_c ·
 * ln q_c, q = softmax(z/T). Hinton, Vinyals and Dean 2015, arXiv:1503.02531, section 2; at T = 1
 * also for labels that are mixed or made soft in another way.
 *
 * <p>The targets are taken as they are: whoever wants them softened does so first. Nor need a row
 * of them sum to 1. A class whose target is 0 counts for nothing, even where its logit is −∞.
 *
 * <p>The loss is above the divergence of {@link KlDivergence} by the targets' entropy, times T². So
 * it is not 0 where student and targets agree, but its gradient with respect to the logits is the
 * same.
 *
 * @param temperature T, above 0
 * @param temperatureSquared whether the factor T² is applied
 * @param reduction over classes and examples
 */
public record SoftCrossEntropy(double temperature, boolean temperatureSquared, Reduction reduction)
    implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("softCrossEntropy")
          .operand("logits", "... classes")
          .operand("targets", "... classes")
          .domain(-5, 5);

  /** −Σ p · ln softmax(z), mean over examples. */
  public SoftCrossEntropy() {
    this(1);
  }

  /** −T² · Σ p · ln softmax(z/T), mean over examples. */
  public SoftCrossEntropy(double temperature) {
    this(temperature, true, Reduction.BATCH_MEAN);
  }

  /** Checks the temperature. */
  public SoftCrossEntropy {
    Temperature.checked("softCrossEntropy", temperature);
  }

  @Override
  public double factor(Tensor[] in) {
    double scale = temperatureSquared ? temperature * temperature : 1;
    return scale * reduction.factor(in[0].shape().rows(), in[0].shape().last());
  }

  /** The log-probabilities ln q. */
  @Override
  public int savedPerExample(Shape... in) {
    return in[0].last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    int n = in[0].shape().last();
    Tensor logs = saved.reshape(in[0].shape());
    LogSoftmaxKernel.forward(r, in[0], 1 / temperature, logs, from, to);
    for (int row = from; row < to; row++) {
      losses.set(row, -mean(r, in[1], logs, row * n, n));
    }
  }

  /** Σ p · ln q. */
  private static double mean(Rows r, Tensor p, Tensor logs, int i, int n) {
    double sum = r.dot(p, i, logs, i, n);
    if (!Double.isNaN(sum)) {
      return sum;
    }
    sum = 0; // perhaps 0 · −∞, which tends to 0 with p
    for (int k = i; k < i + n; k++) {
      sum += p.get(k) == 0 ? 0 : p.get(k) * logs.get(k);
    }
    return sum;
  }

  /** Per example and before T²: dz = (Σp · q − p)/T and dp = −ln q; 0 if p is 0 and ln q −∞. */
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
    int n = in[0].shape().last();
    for (int row = from; row < to && gradIn[0] != null; row++) {
      int i = row * n;
      r.exp(saved, i, gradIn[0], i, n);
      r.scale(gradIn[0], i, r.sum(in[1], i, n), gradIn[0], i, n);
      r.sub(gradIn[0], i, in[1], i, gradIn[0], i, n);
      r.scale(gradIn[0], i, scale / temperature, gradIn[0], i, n);
    }
    if (gradIn[1] != null) {
      targetGradient(r, in[1], saved, scale, gradIn[1], from * n, (to - from) * n);
    }
  }

  private static void targetGradient(
      Rows r, Tensor p, Tensor logs, double scale, Tensor dp, int i, int size) {
    r.scale(logs, i, -scale, dp, i, size);
    for (int k = i; k < i + size; k++) {
      if (p.get(k) == 0 && logs.get(k) == Double.NEGATIVE_INFINITY) {
        dp.set(k, 0); // a class that counts for nothing; the loop makes ∞ of it, or NaN
      }
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "temperature",
        temperature,
        "temperatureSquared",
        temperatureSquared,
        "reduction",
        reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

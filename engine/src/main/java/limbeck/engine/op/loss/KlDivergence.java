package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.SavedParts.part;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.DivergenceKernel;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.kernel.composite.MaskedSoftmaxKernel;
import limbeck.engine.kernel.composite.RowMask;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.tensor.DType;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Divergence of softened logits z (operand 0) from a target distribution p (operand 1) that is
 * given as probabilities or as their logarithms: T² · KL(p ‖ q) = T² · Σ p_c · (ln p_c − ln q_c), q
 * = softmax(z/T). For targets that come as logits there is {@link SoftTargets}; this is for means
 * of several teachers, cached distributions and attention maps.
 *
 * <p>The targets are taken as they are: whoever wants them softened does so first. A class whose
 * target is 0 counts for nothing. If a row of targets does not sum to 1, the formula above holds
 * all the same, though it is no divergence then and may be negative.
 *
 * <p>An optional mask (operand 2, I32: 0 leaves out, anything else keeps) repeats to the logits'
 * shape as in NumPy. The softmax and the sum run over the kept classes alone; what stands elsewhere
 * is not looked at. Examples with no class kept, such as padded tokens, have loss and gradient 0
 * and are left out of the mean: so a mask [batch, time, 1] gives the mean over tokens that are not
 * padding. A mean over nothing is 0.
 *
 * <p>Summed as Σ (q − p + p·ln(p/q)) + Σ p − 1: see {@link DivergenceKernel}, whose terms lose
 * little where p and q are nearly equal.
 *
 * @param temperature T, above 0
 * @param temperatureSquared whether the factor T² is applied
 * @param logTargets whether the targets are logarithms of probabilities
 * @param masked whether there is an operand that masks classes
 * @param reduction over classes and examples
 */
public record KlDivergence(
    double temperature,
    boolean temperatureSquared,
    boolean logTargets,
    boolean masked,
    Reduction reduction)
    implements LossOp {
  private static final OpSpec PLAIN =
      OpSpec.of("klDivergence")
          .operand("logits", "... classes")
          .operand("targets", "... classes")
          .domain(-5, 5);
  private static final OpSpec MASKED = PLAIN.operand("mask", "... classes");

  /** T² · KL(p ‖ q) of probabilities p, summed over classes, mean over examples. */
  public KlDivergence(double temperature) {
    this(temperature, true, false, false, Reduction.BATCH_MEAN);
  }

  /** Checks the temperature. */
  public KlDivergence {
    Temperature.checked("klDivergence", temperature);
  }

  /** This loss with targets that are logarithms of probabilities. */
  public KlDivergence withLogTargets() {
    return new KlDivergence(temperature, temperatureSquared, true, masked, reduction);
  }

  /** This loss with a further operand, a mask of classes. */
  public KlDivergence withMask() {
    return new KlDivergence(temperature, temperatureSquared, logTargets, true, reduction);
  }

  /** This loss, reduced otherwise. */
  public KlDivergence withReduction(Reduction other) {
    return new KlDivergence(temperature, temperatureSquared, logTargets, masked, other);
  }

  @Override
  public double factor(Tensor[] in) {
    int counted = 0;
    for (int row = 0; row < in[0].shape().rows(); row++) {
      counted += counts(in, row) ? 1 : 0;
    }
    double scale = temperatureSquared ? temperature * temperature : 1;
    return scale * reduction.factor(counted, in[0].shape().last());
  }

  private boolean counts(Tensor[] in, int row) {
    Shape whole = in[0].shape();
    return !masked || RowMask.keepsAny(in[2], whole, row, whole.last());
  }

  /** ln q, q, p and ln p; p = 0 where the mask leaves out. */
  @Override
  public int savedPerExample(Shape... in) {
    return 4 * in[0].last();
  }

  @Override
  public void check(Shape... in) {
    spec().requireSameShape(1, in);
    if (masked) {
      spec().requireRepeats(2, in);
    }
  }

  @Override
  public void checkValues(Tensor[] in) {
    if (masked) {
      spec().requireType(2, in[2], DType.I32);
    }
  }

  @Override
  public boolean differentiable(int k) {
    return k < 2;
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    Shape shape = in[0].shape();
    int n = shape.last();
    int i = from * n;
    int size = (to - from) * n;
    Tensor logQ = part(saved, shape, 0);
    Tensor q = part(saved, shape, 1);
    Tensor p = part(saved, shape, 2);
    Tensor logP = part(saved, shape, 3);
    if (masked) {
      MaskedSoftmaxKernel.logSoftmax(r, in[0], 1 / temperature, in[2], logQ, from, to);
    } else {
      LogSoftmaxKernel.forward(r, in[0], 1 / temperature, logQ, from, to);
    }
    r.exp(logQ, i, q, i, size);
    r.copy(in[1], i, logTargets ? logP : p, i, size);
    if (logTargets) {
      r.exp(in[1], i, p, i, size);
    } else {
      r.log(in[1], i, logP, i, size);
    }
    for (int row = from; row < to; row++) {
      if (masked) {
        hide(r, in, row, p, logP);
      }
      losses.set(row, counts(in, row) ? loss(p, logP, q, logQ, row * n, n) : 0);
    }
  }

  private static void hide(Rows r, Tensor[] in, int row, Tensor p, Tensor logP) {
    Shape shape = in[0].shape();
    int n = shape.last();
    RowMask.hide(r, in[2], shape, row, 0, p, row * n, n);
    RowMask.hide(r, in[2], shape, row, Double.NEGATIVE_INFINITY, logP, row * n, n);
  }

  private static double loss(Tensor p, Tensor logP, Tensor q, Tensor logQ, int i, int n) {
    double sum = DivergenceKernel.divergence(p, logP, q, logQ, i, n) - 1;
    for (int k = i; k < i + n; k++) {
      sum += p.get(k);
    }
    return sum;
  }

  /**
   * Per example and before T²: dz = (Σp · q − p)/T; dp = ln p − ln q + 1, or with respect to ln p
   * that times p. Targets that are 0 get gradient 0, and so does what is left out.
   */
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
    Shape shape = in[0].shape();
    int n = shape.last();
    Tensor p = part(saved, shape, 2);
    Tensor q = part(saved, shape, 1);
    for (int row = from; row < to && gradIn[0] != null; row++) {
      int i = row * n;
      r.scale(q, i, r.sum(p, i, n), gradIn[0], i, n);
      r.sub(gradIn[0], i, p, i, gradIn[0], i, n);
      r.scale(gradIn[0], i, scale / temperature, gradIn[0], i, n);
    }
    if (gradIn[1] != null) {
      targetGradient(r, saved, shape, scale, gradIn[1], from * n, (to - from) * n);
    }
  }

  private void targetGradient(
      Rows r, Tensor saved, Shape shape, double scale, Tensor dp, int i, int size) {
    Tensor p = part(saved, shape, 2);
    r.sub(part(saved, shape, 3), i, part(saved, shape, 0), i, dp, i, size);
    r.addScalar(dp, i, 1, dp, i, size);
    if (logTargets) {
      r.mul(p, i, dp, i, dp, i, size);
    }
    r.scale(dp, i, scale, dp, i, size);
    for (int k = i; k < i + size; k++) {
      if (p.get(k) == 0) {
        dp.set(k, 0); // of ln p the limit; the loops make NaN of −∞ and 0
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
        "logTargets",
        logTargets,
        "masked",
        masked,
        "reduction",
        reduction.name());
  }

  @Override
  public OpSpec spec() {
    return masked ? MASKED : PLAIN;
  }
}

package limbeck.engine.op.loss;

import static limbeck.engine.op.loss.SavedParts.part;

import java.util.Map;
import limbeck.engine.kernel.Rows;
import limbeck.engine.kernel.composite.DivergenceKernel;
import limbeck.engine.kernel.composite.LogSoftmaxKernel;
import limbeck.engine.op.LossOp;
import limbeck.engine.op.OpSpec;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Generalised Jensen–Shannon divergence of the softened distributions q of student logits (operand
 * 0) and p of teacher logits (operand 1), from what lies between them: with m = β·p + (1 − β)·q,
 *
 * <p>T² · (β · KL(p ‖ m) + (1 − β) · KL(q ‖ m)).
 *
 * <p>Lin 1991, Divergence measures based on the Shannon entropy; for distillation Agarwal et al.
 * 2024, arXiv:2306.13649. It is bounded, by ln 2 at β = ½, where it is symmetric: no class that one
 * of the two thinks impossible makes it infinite. Small β cover the teacher's modes, as {@link
 * SoftTargets} does, large ones seek one of them, as its reverse. But with the paper's weights the
 * loss vanishes at both ends; {@code continuous} swaps the outer two, (1 − β) · KL(p ‖ m) + β ·
 * KL(q ‖ m), which tends to the one at β → 0 and to the other at β → 1.
 *
 * <p>Both operands are differentiable; a teacher that records nothing simply receives no gradient.
 *
 * @param temperature T, above 0
 * @param temperatureSquared whether the factor T² is applied
 * @param beta β, the teacher's share of m, between 0 and 1
 * @param continuous whether the outer weights are swapped
 * @param reduction over classes and examples
 */
public record JensenShannon(
    double temperature,
    boolean temperatureSquared,
    double beta,
    boolean continuous,
    Reduction reduction)
    implements LossOp {
  private static final OpSpec SPEC =
      OpSpec.of("jensenShannon")
          .operand("student logits", "... classes")
          .operand("teacher logits", "... classes")
          .domain(-5, 5);

  /** Parts of what is saved, of all examples each; behind them two divergences of each example. */
  private static final int LOG_Q = 0;

  private static final int LOG_P = 1;
  private static final int LOG_M = 2;
  private static final int Q = 3;
  private static final int P = 4;
  private static final int M = 5;

  /**
   * (w·p + (1 − w)·q)/m, where w is the outer weight of the teacher. With the paper's it is 1, and
   * there is no such part.
   */
  private static final int RATIO = 6;

  /** The symmetric divergence at T = 1, summed over classes, mean over examples. */
  public JensenShannon() {
    this(1, true, 0.5, false, Reduction.BATCH_MEAN);
  }

  /**
   * Checks temperature and β.
   *
   * @throws IllegalArgumentException if β is not between 0 and 1
   */
  public JensenShannon {
    Temperature.checked("jensenShannon", temperature);
    if (!(beta > 0 && beta < 1)) {
      throw new IllegalArgumentException(
          "jensenShannon: beta "
              + beta
              + " is not between 0 and 1; at the ends SoftTargets is the divergence that is meant");
    }
  }

  private int parts() {
    return continuous ? RATIO + 1 : RATIO;
  }

  private double weightOfTeacher() {
    return continuous ? 1 - beta : beta;
  }

  @Override
  public double factor(Tensor[] in) {
    double scale = temperatureSquared ? temperature * temperature : 1;
    return scale * reduction.factor(in[0].shape().rows(), in[0].shape().last());
  }

  /** Three distributions and their logarithms, and the divergences of two from the third. */
  @Override
  public int savedPerExample(Shape... in) {
    return parts() * in[0].last() + 2;
  }

  @Override
  public void check(Shape... in) {
    spec().requireEqual("classes", 0, in[0], in[0].last(), 1, in[1], in[1].last());
    spec().requireSameShape(1, in);
  }

  @Override
  public void forwardRows(Rows r, Tensor[] in, Tensor losses, Tensor saved, int from, int to) {
    Shape shape = in[0].shape();
    int n = shape.last();
    int i = from * n;
    int size = (to - from) * n;
    LogSoftmaxKernel.forward(r, in[0], 1 / temperature, part(saved, shape, LOG_Q), from, to);
    LogSoftmaxKernel.forward(r, in[1], 1 / temperature, part(saved, shape, LOG_P), from, to);
    r.exp(part(saved, shape, LOG_Q), i, part(saved, shape, Q), i, size);
    r.exp(part(saved, shape, LOG_P), i, part(saved, shape, P), i, size);
    Tensor m = part(saved, shape, M);
    r.scale(part(saved, shape, P), i, beta, m, i, size);
    r.axpy(1 - beta, part(saved, shape, Q), i, m, i, size);
    r.log(m, i, part(saved, shape, LOG_M), i, size);
    if (continuous) {
      ratio(r, saved, shape, i, size);
    }
    vanish(saved, shape, i, size);
    for (int row = from; row < to; row++) {
      double ofTeacher = divergence(saved, shape, P, LOG_P, row);
      double ofStudent = divergence(saved, shape, Q, LOG_Q, row);
      saved.set(divergences(shape, row), ofTeacher);
      saved.set(divergences(shape, row) + 1, ofStudent);
      double teacher = weightOfTeacher();
      losses.set(row, teacher * ofTeacher + (1 - teacher) * ofStudent);
    }
  }

  /**
   * Where m is too small for its type, so are p and q, but what is left of them would divide by 0.
   */
  private void vanish(Tensor saved, Shape shape, int i, int size) {
    Tensor p = part(saved, shape, P);
    Tensor q = part(saved, shape, Q);
    Tensor m = part(saved, shape, M);
    Tensor ratio = continuous ? part(saved, shape, RATIO) : null;
    for (int k = i; k < i + size; k++) {
      if (m.get(k) == 0) {
        p.set(k, 0);
        q.set(k, 0);
        if (ratio != null) {
          ratio.set(k, 0);
        }
      }
    }
  }

  private void ratio(Rows r, Tensor saved, Shape shape, int i, int size) {
    Tensor ratio = part(saved, shape, RATIO);
    double teacher = weightOfTeacher();
    r.scale(part(saved, shape, P), i, teacher, ratio, i, size);
    r.axpy(1 - teacher, part(saved, shape, Q), i, ratio, i, size);
    r.div(ratio, i, part(saved, shape, M), i, ratio, i, size);
  }

  private static double divergence(Tensor saved, Shape shape, int a, int logA, int row) {
    int n = shape.last();
    Tensor m = part(saved, shape, M);
    Tensor logM = part(saved, shape, LOG_M);
    return DivergenceKernel.divergence(
        part(saved, shape, a), part(saved, shape, logA), m, logM, row * n, n);
  }

  private int divergences(Shape shape, int row) {
    return parts() * shape.size() + 2 * row;
  }

  /**
   * Per example and before T², with w the outer weight of the teacher and s = (w·p + (1 − w)·q)/m:
   * dv = p ⊙ (u − Σ p·u)/T with u = w·(ln p − ln m) − β·s, and dz = q ⊙ (u − Σ q·u)/T with u = (1 −
   * w)·(ln q − ln m) − (1 − β)·s. With the paper's weights s is 1 and falls out.
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
    for (int row = from; row < to; row++) {
      for (int k = 0; k < 2; k++) {
        if (gradIn[k] != null) {
          gradient(r, saved, in[0].shape(), k == 1, scale / temperature, gradIn[k], row);
        }
      }
    }
  }

  private void gradient(
      Rows r, Tensor saved, Shape shape, boolean teacher, double scale, Tensor dx, int row) {
    int n = shape.last();
    int i = row * n;
    Tensor a = part(saved, shape, teacher ? P : Q);
    Tensor logA = part(saved, shape, teacher ? LOG_P : LOG_Q);
    double kl = saved.get(divergences(shape, row) + (teacher ? 0 : 1));
    double outer = teacher ? weightOfTeacher() : 1 - weightOfTeacher();
    DivergenceKernel.gradient(r, a, logA, part(saved, shape, LOG_M), kl, scale * outer, dx, i, n);
    if (continuous) {
      Tensor ratio = part(saved, shape, RATIO);
      subtract(a, ratio, scale * (teacher ? beta : 1 - beta), dx, i, n);
    }
  }

  /** dx −= a ⊙ (s − Σ a·s) · each. */
  private static void subtract(Tensor a, Tensor s, double each, Tensor dx, int i, int n) {
    double mean = 0;
    for (int k = i; k < i + n; k++) {
      mean += a.get(k) * s.get(k);
    }
    for (int k = i; k < i + n; k++) {
      dx.set(k, dx.get(k) - a.get(k) * (s.get(k) - mean) * each);
    }
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of(
        "temperature",
        temperature,
        "temperatureSquared",
        temperatureSquared,
        "beta",
        beta,
        "continuous",
        continuous,
        "reduction",
        reduction.name());
  }

  @Override
  public OpSpec spec() {
    return SPEC;
  }
}

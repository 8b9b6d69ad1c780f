package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.MaskedLogSoftmax;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.layout.MaskFill;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Decoupled knowledge distillation (DKD): T² (α · TCKD + β · NCKD), mean over examples. B. Zhao, Q.
 * Cui, R. Song, Y. Qiu and J. Liang, Decoupled Knowledge Distillation, CVPR 2022, arXiv:2203.08679,
 * equation 7.
 *
 * <p>With p and q the softened distributions of teacher and student, p_t and q_t their
 * probabilities of the label's class, and p̂, q̂ the distributions over the other classes alone,
 *
 * <p>KL(p ‖ q) = TCKD + (1 − p_t) · NCKD,
 *
 * <ul>
 *   <li>TCKD = KL((p_t, 1 − p_t) ‖ (q_t, 1 − q_t)): how hard the example is;
 *   <li>NCKD = KL(p̂ ‖ q̂): what the teacher knows about the wrong classes. Soft targets weigh it
 *       with 1 − p_t, so that a sure teacher hardly tells; here its weight is free.
 * </ul>
 *
 * <p>The other classes together have as logit their log-sum-exp, which makes TCKD the divergence of
 * two logits each; and NCKD is a softmax over them alone. The released code takes 1000 off the
 * label's logit instead. Its warm-up over 20 epochs is a matter of this term's weight.
 *
 * @param temperature T, above 0
 * @param alpha α, weight of the label's class against the others
 * @param beta β, weight of the others among each other
 */
public record DecoupledKd(
    @Hyperparameter(standard = "4", help = "temperature T") double temperature,
    @Hyperparameter(standard = "1", help = "weight of the label's class against the others")
        double alpha,
    @Hyperparameter(standard = "8", help = "weight of the other classes among each other")
        double beta)
    implements Objective {
  private static final String METHOD = "decoupled-kd";

  /** Checks the settings. */
  public DecoupledKd {
    Temperature.checked(METHOD, temperature);
    Settings.requireNotNegative(METHOD, "alpha", alpha);
    Settings.requireNotNegative(METHOD, "beta", beta);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var z = student.logits();
    Var v = teacher.logits();
    int classes = z.shape().last();
    Var label = LabelMask.label(batch.labels(), classes);
    Var others = LabelMask.others(batch.labels(), classes);
    double square = temperature * temperature;
    return labelAgainstOthers(z, v, label, others)
        .times(square * alpha)
        .plus(amongOthers(z, v, others).times(square * beta));
  }

  /** TCKD. */
  private Var labelAgainstOthers(Var z, Var v, Var label, Var others) {
    Var pair = Var.concat(-1, logit(z, label), logit(z, others));
    Var taught = Var.concat(-1, logit(v, label), logit(v, others));
    return pair.apply(new limbeck.engine.op.loss.SoftTargets(1), taught);
  }

  /** The softened logit [batch, 1] of some classes together: ln Σ e^(x/T) over the mask. */
  private Var logit(Var x, Var mask) {
    return x.times(1 / temperature)
        .apply(new MaskFill(Double.NEGATIVE_INFINITY), mask)
        .apply(new LogSumExp(List.of(-1), true));
  }

  /** NCKD. */
  private Var amongOthers(Var z, Var v, Var others) {
    Var taught = v.apply(new MaskedLogSoftmax(temperature), others);
    KlDivergence divergence =
        new KlDivergence(temperature, false, true, true, Reduction.BATCH_MEAN);
    return z.apply(divergence, taught, others);
  }

  /** No: it tells the label's class from all others. */
  @Override
  public boolean takesMixedLabels() {
    return false;
  }

  @Override
  public String formula() {
    return "T² · (" + alpha + " · TCKD + " + beta + " · NCKD) at T = " + temperature;
  }
}

package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.MatMul;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Outputs;

/**
 * Correlation congruence: a kernel's values between the examples of a batch, as features of length
 * 1, shall be those of the teacher: mean over all B² pairs of (C_s − C_t)². The kernel is the
 * Gaussian one e^(−γ‖x − y‖²) = e^(−2γ) · e^(2γ⟨x, y⟩) by its Taylor series up to order P:
 *
 * <p>C(x, y) = e^(−2γ) · Σ_{p ≤ P} (2γ)ᵖ / p! · ⟨x, y⟩ᵖ.
 *
 * <p>B. Peng, X. Jin, J. Liu, D. Li, Y. Wu, Y. Liu, S. Zhou and Z. Zhang, Correlation congruence
 * for knowledge distillation, ICCV 2019, arXiv:1904.01802, with their γ = 0.4 and P = 2. Deviation:
 * their networks end in an embedding of their own; here the tapped features are used as they are,
 * of any shape as rows, and widths may differ between the networks. The published weight 0.02
 * belongs to a stand-in for this loss, in the code that compared methods, which multiplies
 * differences of neighbouring examples; it is no guide here.
 *
 * <p>Invariant to orthogonal maps and positive factors of the features. A row of zeros has inner
 * product 0 with all and gets no gradient. A batch of one example has the loss 0. Memory: a few
 * matrices B × B.
 *
 * @param gamma γ, above 0
 * @param order P, from 1 on
 * @param studentTap features
 * @param teacherTap features
 */
public record CorrelationCongruence(
    @Hyperparameter(standard = "0.4", help = "width γ of the Gaussian kernel") double gamma,
    @Hyperparameter(standard = "2", help = "order P of its Taylor series") int order,
    @Hyperparameter(help = "the student's features") String studentTap,
    @Hyperparameter(help = "the teacher's features") String teacherTap)
    implements OneTap {
  private static final String METHOD = "correlation-congruence";

  /** Checks the settings. */
  public CorrelationCongruence {
    Settings.require(
        gamma > 0 && gamma <= 100, METHOD, "gamma", gamma, "a number above 0, at most 100");
    Settings.requireAtLeast(METHOD, "order", order, 1);
    Settings.requireTaps(METHOD, studentTap, teacherTap);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var s = kernel(student.feature(studentTap));
    return s.apply(SquaredError.mean(), kernel(teacher.feature(teacherTap)));
  }

  /** C, [batch, batch], by Horner's scheme: 1 + 2γ·c·(1 + 2γ·c/2·(1 + …)). */
  private Var kernel(Var features) {
    Var directions = features.reshape(0, -1).apply(new Normalize());
    Var argument = directions.apply(new MatMul(false, true), directions).times(2 * gamma);
    Var series = argument.times(1.0 / order).plus(1);
    for (int p = order - 1; p >= 1; p--) {
      series = argument.times(series).times(1.0 / p).plus(1);
    }
    return series.times(StrictMath.exp(-2 * gamma));
  }

  @Override
  public String formula() {
    return "mean (C_s − C_t)², γ = " + gamma + ", order " + order;
  }
}

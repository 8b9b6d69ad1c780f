package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Label smoothing: (1 − ε) H(y, q) + ε H(u, q) with u the uniform distribution, at temperature 1,
 * mean over examples. It asks no teacher. C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens and Z.
 * Wojna, Rethinking the Inception Architecture for Computer Vision, CVPR 2016, arXiv:1512.00567,
 * section 7.
 *
 * <p>It is distillation from a teacher that knows nothing: H(u, q) = KL(u ‖ q) + ln C, so but for
 * the constant ε ln C it is {@link HardLabels} with weight 1 − ε and {@link SoftTargets} of equal
 * logits, at T = 1, with weight ε (L. Yuan et al., CVPR 2020, arXiv:1909.11723, section 4).
 *
 * <p>It takes the place of {@link HardLabels}; it is not added to them.
 *
 * @param epsilon ε, from 0 to 1
 */
public record LabelSmoothing(
    @Hyperparameter(standard = "0.1", help = "share of the target that all classes get equally")
        double epsilon)
    implements Objective {
  /** Checks the settings. */
  public LabelSmoothing {
    Settings.require(
        epsilon >= 0 && epsilon <= 1, "label-smoothing", "epsilon", epsilon, "a share from 0 to 1");
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var z = student.logits();
    if (batch.mixed()) {
      double each = epsilon / z.shape().last();
      Var targets = Var.of(batch.targets()).times(1 - epsilon).plus(each);
      return z.apply(new SoftCrossEntropy(), targets);
    }
    return z.apply(new CrossEntropy().withSmoothing(epsilon), Var.of(batch.labels()));
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  @Override
  public String formula() {
    return "(1 − ε) · H(y, q) + ε · H(u, q), u uniform, ε = " + epsilon;
  }
}

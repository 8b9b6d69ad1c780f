package limbeck.kd.objective;

import limbeck.engine.op.Reduction;
import limbeck.kd.Objective;

/**
 * Losses with the scaling of other toolkits and of released code, so that their settings can be
 * used as published. All are a sum of {@link HardLabels} and {@link SoftTargets}, or a {@link
 * VirtualTeacher}; what differs, and silently, is which side a bare alpha weighs, whether there is
 * a factor T², and whether the divergence is a mean over classes too, which divides it by their
 * number C.
 *
 * <pre>
 * preset        weight of labels   weight of the divergence
 * hinton        hardWeight         softWeight · T²
 * takdCode      1 − lambda         lambda · T² / C
 * tfkdCode      1 − alpha          alpha · multiplier / C, student at T = 1
 * tfkdSelfCode  1 − alpha          alpha · multiplier · T² / C
 * textBrewer    hardLabelWeight    kdLossWeight
 * kerasOld      alpha              1 − alpha
 * repDistiller  gamma              alpha · T²
 * torchdistill  alpha              (1 − alpha) · T², but 1 where alpha is 0
 * </pre>
 *
 * <p>A term of weight 0 is left out.
 */
public final class Presets {
  private Presets() {}

  /** The paper's: G. Hinton, O. Vinyals and J. Dean 2015, arXiv:1503.02531. */
  public static Objective hinton(double temperature, double softWeight, double hardWeight) {
    return sum(hardWeight, softWeight, new SoftTargets(temperature));
  }

  /**
   * Released code of teacher assistants (S. I. Mirzadeh et al., AAAI 2020, arXiv:1902.03393), which
   * that of densely guided distillation shares: the framework's default mean over all elements
   * makes the divergence 1/C of what the paper writes.
   */
  public static Objective takdCode(double temperature, double lambda) {
    return sum(
        1 - lambda, lambda, new SoftTargets(temperature, true, false, Reduction.ELEMENT_MEAN));
  }

  /**
   * Released code of Tf-KD_reg (L. Yuan et al., CVPR 2020, arXiv:1909.11723): the teacher's
   * probabilities divided by T, the student not softened, mean over all elements; its multiplier of
   * 100 makes up for the 100 classes that it was used with.
   *
   * @param alpha 0.1 there
   * @param correct 0.99 there
   * @param temperature 20 there
   * @param multiplier 100 there
   */
  public static Objective tfkdCode(
      double alpha, double correct, double temperature, double multiplier) {
    return sum(
        1 - alpha,
        alpha * multiplier,
        new VirtualTeacher(
            correct, temperature, VirtualTeacher.Softening.PROBABILITIES, Reduction.ELEMENT_MEAN));
  }

  /**
   * Released code of Tf-KD_self, same paper: with T², mean over all elements.
   *
   * @param alpha 0.95 there
   * @param temperature 6 there
   * @param multiplier 50 there, for 100 classes
   */
  public static Objective tfkdSelfCode(double alpha, double temperature, double multiplier) {
    return sum(
        1 - alpha,
        alpha * multiplier,
        new SoftTargets(temperature, true, false, Reduction.ELEMENT_MEAN));
  }

  /**
   * TextBrewer's {@code kd_ce_loss} (Z. Yang et al., ACL 2020, arXiv:2002.12620): no T². It reports
   * the cross-entropy, which is above this divergence by the softened teacher's entropy, a
   * constant.
   *
   * @param hardLabelWeight 0 there unless set: labels are ignored
   */
  public static Objective textBrewer(
      double temperature, double kdLossWeight, double hardLabelWeight) {
    return sum(
        hardLabelWeight,
        kdLossWeight,
        new SoftTargets(temperature, false, false, Reduction.BATCH_MEAN));
  }

  /** Keras' older example of distillation: alpha weighs the labels, and there is no T². */
  public static Objective kerasOld(double temperature, double alpha) {
    return sum(alpha, 1 - alpha, new SoftTargets(temperature, false, false, Reduction.BATCH_MEAN));
  }

  /**
   * RepDistiller (Y. Tian, D. Krishnan and P. Isola, ICLR 2020, arXiv:1910.10699): gamma weighs the
   * labels, alpha the divergence.
   */
  public static Objective repDistiller(double temperature, double gamma, double alpha) {
    return sum(gamma, alpha, new SoftTargets(temperature));
  }

  /**
   * torchdistill's {@code KDLoss} (Y. Matsubara, RRPR 2021, arXiv:2011.12913): alpha weighs the
   * labels; where it is 0 the divergence loses its factor T².
   */
  public static Objective torchdistill(double temperature, double alpha) {
    return alpha == 0
        ? new SoftTargets(temperature, false, false, Reduction.BATCH_MEAN)
        : sum(alpha, 1 - alpha, new SoftTargets(temperature));
  }

  private static Objective sum(double hardWeight, double softWeight, Objective soft) {
    Settings.requireNotNegative("preset", "weight of the labels", hardWeight);
    Settings.requireNotNegative("preset", "weight of the teacher's term", softWeight);
    Settings.require(
        hardWeight + softWeight > 0, "preset", "sum of weights", 0, "at least one above 0");
    if (hardWeight == 0) {
      return soft.times(softWeight);
    }
    Objective hard = new HardLabels().times(hardWeight);
    return softWeight == 0 ? hard : hard.plus(soft.times(softWeight));
  }
}

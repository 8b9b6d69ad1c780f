package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Soft targets at a temperature: T² · KL(softmax(v/T) ‖ softmax(z/T)) for teacher logits v and
 * student logits z. Hinton, Vinyals and Dean 2015, arXiv:1503.02531. Formula and gradients: {@link
 * limbeck.engine.op.loss.SoftTargets}.
 *
 * <p>The paper mixes in the cross-entropy of the softened distributions; the divergence used here
 * differs from it by the teacher's entropy, a constant, so the gradient is the same and zero means
 * "student equals teacher".
 *
 * @param temperature T, above 0
 * @param temperatureSquared whether the factor T² is applied
 * @param reverse false: KL(teacher ‖ student), as in the paper; true: KL(student ‖ teacher)
 * @param reduction over classes and examples
 */
public record SoftTargets(
    @Hyperparameter(standard = "4", help = "temperature T") double temperature,
    @Hyperparameter(standard = "true", help = "whether the factor T² is applied")
        boolean temperatureSquared,
    @Hyperparameter(
            standard = "false",
            help = "KL(student ‖ teacher) instead of KL(teacher ‖ student)")
        boolean reverse,
    @Hyperparameter(standard = "batch-mean", help = "reduction over classes and examples")
        Reduction reduction)
    implements Objective {

  /** As in the paper, with the factor T², summed over classes, mean over examples. */
  public SoftTargets(double temperature) {
    this(temperature, true, false, Reduction.BATCH_MEAN);
  }

  /** Checks the settings. */
  public SoftTargets {
    new limbeck.engine.op.loss.SoftTargets(temperature, temperatureSquared, reverse, reduction);
  }

  /**
   * The loss.
   *
   * @throws IllegalArgumentException if there is one output, over which there is no distribution
   */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    if (student.logits().shape().last() < 2) {
      throw new IllegalArgumentException(
          name() + ": the student has one output; LogitMatching or AnnealedLogits expected");
    }
    return student
        .logits()
        .apply(
            new limbeck.engine.op.loss.SoftTargets(
                temperature, temperatureSquared, reverse, reduction),
            teacher.logits());
  }

  @Override
  public String formula() {
    String divergence = reverse ? "KL(q^T ‖ p^T)" : "KL(p^T ‖ q^T)";
    String formula = temperatureSquared ? "T² · " + divergence : divergence;
    return formula + " at T = " + temperature;
  }

  @Override
  public String name() {
    return "soft targets at T = " + temperature;
  }
}

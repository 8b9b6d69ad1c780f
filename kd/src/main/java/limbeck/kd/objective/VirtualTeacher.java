package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Teacher-free distillation by regularisation (Tf-KD_reg): T² · KL(p^T ‖ q^T) with a teacher p that
 * is made by hand: it gives the label's class the probability A, each other (1 − A)/(C − 1). L.
 * Yuan, F. Tay, G. Li, T. Wang and J. Feng, Revisiting Knowledge Distillation via Label Smoothing
 * Regularization, CVPR 2020, arXiv:1909.11723, section 5.2. It is added to {@link HardLabels}; the
 * paper's weights are 0.9 on these and 0.1 on this.
 *
 * <p>Paper and released code soften the teacher differently, see {@link Softening}. The code also
 * has no factor T², and takes the mean over classes too, which its multiplier of 100 makes up for
 * with 100 classes: {@link Presets#tfkdCode}.
 *
 * <p>The paper's other method, Tf-KD_self, is {@link SoftTargets} with a trained copy of the
 * student as teacher.
 *
 * @param correct A, the teacher's probability of the label, above 0 up to 1
 * @param temperature T, above 0
 * @param softening whose way of softening p
 * @param temperatureSquared whether the factor T² is applied
 * @param reduction over classes and examples
 */
public record VirtualTeacher(
    @Hyperparameter(standard = "0.99", help = "the teacher's probability of the label")
        double correct,
    @Hyperparameter(standard = "20", help = "temperature T") double temperature,
    @Hyperparameter(
            standard = "log-probabilities",
            help = "what is divided by T: log-probabilities, as in the paper, or probabilities")
        Softening softening,
    @Hyperparameter(standard = "true", help = "whether the factor T² is applied")
        boolean temperatureSquared,
    @Hyperparameter(standard = "batch-mean", help = "reduction over classes and examples")
        Reduction reduction)
    implements Objective {
  private static final String METHOD = "virtual-teacher";

  /** What is divided by the temperature before the softmax. */
  public enum Softening {
    /** The logarithms of the probabilities, as with any teacher: the paper. */
    LOG_PROBABILITIES,
    /** The probabilities themselves: the released code. Nearly uniform at any temperature. */
    PROBABILITIES
  }

  /** As in the paper: softened logarithms, with the factor T². */
  public VirtualTeacher(double correct, double temperature) {
    this(correct, temperature, Softening.LOG_PROBABILITIES, true, Reduction.BATCH_MEAN);
  }

  /** Checks the settings. */
  public VirtualTeacher {
    Settings.require(
        correct > 0 && correct <= 1, METHOD, "correct", correct, "a probability above 0");
    Temperature.checked(METHOD, temperature);
    Settings.requireGiven(METHOD, "softening", softening);
    Settings.requireGiven(METHOD, "reduction", reduction);
  }

  /** The softened teacher's probability of the label, for so many classes, at least 2. */
  public double label(int classes) {
    double ratio =
        switch (softening) {
          case LOG_PROBABILITIES -> StrictMath.pow(other(classes) / correct, 1 / temperature);
          case PROBABILITIES -> StrictMath.exp((other(classes) - correct) / temperature);
        };
    return 1 / (1 + (classes - 1) * ratio);
  }

  private double other(int classes) {
    return (1 - correct) / (classes - 1);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var z = student.logits();
    int classes = z.shape().last();
    double label = label(classes);
    double other = (1 - label) / (classes - 1);
    OneHot teach = new OneHot(classes, label, other, z.value().dtype());
    KlDivergence divergence =
        new KlDivergence(temperature, temperatureSquared, false, false, reduction);
    return z.apply(divergence, Var.of(batch.labels()).apply(teach));
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }
}

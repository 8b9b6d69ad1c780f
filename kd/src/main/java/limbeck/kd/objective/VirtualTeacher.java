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
 * Teacher-free distillation by regularisation (Tf-KD_reg): soft targets of a teacher p that is made
 * by hand: it gives the label's class the probability A, each other (1 − A)/(C − 1). L. Yuan, F.
 * Tay, G. Li, T. Wang and J. Feng, Revisiting Knowledge Distillation via Label Smoothing
 * Regularization, CVPR 2020, arXiv:1909.11723, section 5.2. It is added to {@link HardLabels}; the
 * paper's weights are 0.9 on these and 0.1 on this.
 *
 * <p>Paper and released code differ, and both are here:
 *
 * <ul>
 *   <li>{@link Softening#LOG_PROBABILITIES}, the paper: T² · KL(p^T ‖ q^T), both softened as any
 *       teacher and student are. (The paper prints no T²; it belongs to every soft term here, so
 *       that T does not change the weight.)
 *   <li>{@link Softening#PROBABILITIES}, the code: KL(softmax(p/T) ‖ q). What is divided by T are
 *       the probabilities themselves, which makes them nearly equal, and the student is not
 *       softened at all: nearly label smoothing. The code takes the mean over classes, too, and
 *       multiplies by 100, which for 100 classes is this again: {@link Presets#tfkdCode}.
 * </ul>
 *
 * <p>The paper's other method, Tf-KD_self, is {@link SoftTargets} with a trained copy of the
 * student as teacher.
 *
 * @param correct A, the teacher's probability of the label, above 0 up to 1
 * @param temperature T, above 0
 * @param softening whose formula
 * @param reduction over classes and examples
 */
public record VirtualTeacher(
    @Hyperparameter(standard = "0.99", help = "the teacher's probability of the label")
        double correct,
    @Hyperparameter(standard = "20", help = "temperature T") double temperature,
    @Hyperparameter(
            standard = "log-probabilities",
            help = "log-probabilities: softened as in the paper; probabilities: as in its code")
        Softening softening,
    @Hyperparameter(standard = "batch-mean", help = "reduction over classes and examples")
        Reduction reduction)
    implements Objective {
  private static final String METHOD = "virtual-teacher";

  /** What of the teacher is divided by the temperature before the softmax. */
  public enum Softening {
    /** The logarithms of the probabilities, as with any teacher; the student's logits likewise. */
    LOG_PROBABILITIES,
    /** The probabilities themselves; the student is not softened. */
    PROBABILITIES
  }

  /** As in the paper, with the factor T². */
  public VirtualTeacher(double correct, double temperature) {
    this(correct, temperature, Softening.LOG_PROBABILITIES, Reduction.BATCH_MEAN);
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
    double softened = softening == Softening.LOG_PROBABILITIES ? temperature : 1;
    KlDivergence divergence = new KlDivergence(softened).withReduction(reduction);
    return z.apply(divergence, Var.of(batch.labels()).apply(teach));
  }

  @Override
  public boolean asksTeacher() {
    return false;
  }

  /** No: its teacher is sure of one label. */
  @Override
  public boolean takesMixedLabels() {
    return false;
  }

  @Override
  public String formula() {
    String teacher = ", p of the label " + correct + ", at T = " + temperature;
    return softening == Softening.LOG_PROBABILITIES
        ? "T² · KL(p^T ‖ q^T)" + teacher
        : "KL(softmax(p/T) ‖ q)" + teacher;
  }
}

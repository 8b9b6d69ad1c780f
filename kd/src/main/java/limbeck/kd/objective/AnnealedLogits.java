package limbeck.kd.objective;

import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.SquaredError;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;

/**
 * Annealing-KD, its first phase: regression on the teacher's logits v, which grow from a fraction
 * to their full size: ‖z − Φ(t) v‖² with Φ(t) = 1 − (t − 1)/τ and a stage t that falls from τ to 1.
 * There is no softmax. The second phase is training on labels alone. A. Jafari, M. Rezagholizadeh,
 * P. Sharma and A. Ghodsi, Annealing Knowledge Distillation, EACL 2021, arXiv:2104.07163, equations
 * 5 to 7.
 *
 * <p>Why: where the teacher is much larger than the student, the first targets are easy, and each
 * further stage moves them by v/τ only.
 *
 * <p>The stage falls by one every ⌊n/τ⌋ of the n epochs. What the paper leaves open is decided so
 * that the last epoch always sees the teacher's own logits: if τ does not divide n, the epochs that
 * are left over are added to the last stage; if n is below τ, there are n stages, as if τ were n.
 *
 * <p>Deviation: the paper writes the squared norm; the released code, whose learning rates are
 * published, takes the mean over classes, which is what {@link Reduction#ELEMENT_MEAN} does.
 *
 * @param tauMax τ, the number of stages, at least 1; with 1 it is plain regression on logits
 * @param reduction of the squared differences over classes and examples
 */
public record AnnealedLogits(
    @Hyperparameter(standard = "10", help = "number of stages in which the logits grow") int tauMax,
    @Hyperparameter(standard = "element-mean", help = "reduction over classes and examples")
        Reduction reduction)
    implements Objective {
  private static final String METHOD = "annealed-logits";

  /** With the mean over classes and examples, as in the released code. */
  public AnnealedLogits(int tauMax) {
    this(tauMax, Reduction.ELEMENT_MEAN);
  }

  /** Checks the settings. */
  public AnnealedLogits {
    Settings.requireAtLeast(METHOD, "tauMax", tauMax, 1);
    Settings.requireGiven(METHOD, "reduction", reduction);
  }

  /**
   * Φ, the factor on the teacher's logits.
   *
   * @param epoch from 0
   * @param epochs of the phase
   * @return 1/τ in the first epoch, 1 in the last; with fewer epochs than stages 1/epochs
   */
  public static double phi(int tauMax, int epoch, int epochs) {
    int stages = Math.min(tauMax, epochs);
    int passed = Math.min(stages - 1, epoch / (epochs / stages));
    return (passed + 1) / (double) stages;
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    double phi = phi(tauMax, batch.progress().epoch(), batch.progress().epochs());
    return student.logits().apply(new SquaredError(1, reduction), target(teacher, phi));
  }

  /** Φ·v; v itself where Φ is 1. */
  static Var target(Outputs teacher, double phi) {
    return phi == 1 ? teacher.logits() : teacher.logits().times(phi);
  }

  @Override
  public boolean takesScores() {
    return true;
  }

  @Override
  public String formula() {
    String norm = reduction == Reduction.ELEMENT_MEAN ? "mean (z − Φ v)²" : "‖z − Φ v‖²";
    return norm + ", Φ in " + tauMax + " stages to 1";
  }

  @Override
  public Map<String, Double> course(Progress p) {
    return Map.of("Φ", phi(tauMax, p.epoch(), p.epochs()));
  }
}

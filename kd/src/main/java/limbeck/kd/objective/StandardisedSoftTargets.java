package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Sqrt;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Variance;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Soft targets of standardised logits: T² · KL(softmax(Z(v)/T) ‖ softmax(Z(z)/T)), mean over
 * examples, where Z(x) = (x − mean(x)) / (σ(x) + 1e−7) over the classes of an example, with the
 * sample's deviation σ (divided by C − 1). S. Sun, W. Ren, J. Li, R. Wang and X. Cao, Logit
 * Standardization in Knowledge Distillation, CVPR 2024, arXiv:2403.01427, algorithm 1.
 *
 * <p>Why: with one temperature for both, a student must have the teacher's range of logits, which a
 * small network reaches hardly. Standardised, only their relations count: the loss is the same for
 * z and a z + b, a > 0.
 *
 * <p>Equal logits have deviation 0 and become zeros; there the gradient of σ is taken as 0.
 *
 * @param temperature T, above 0; the paper's base temperature
 */
public record StandardisedSoftTargets(
    @Hyperparameter(standard = "2", help = "temperature T") double temperature)
    implements Objective {
  private static final double EPSILON = 1e-7;

  /** Checks the settings. */
  public StandardisedSoftTargets {
    Temperature.checked("standardised-soft-targets", temperature);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Outputs z = new Outputs(standardised(student.logits()));
    Outputs v = new Outputs(standardised(teacher.logits()));
    return new SoftTargets(temperature).loss(z, v, batch);
  }

  private static Var standardised(Var x) {
    List<Integer> classes = List.of(-1);
    Var deviation = x.apply(new Variance(classes, true, 1)).apply(new Sqrt());
    return x.minus(x.apply(new Mean(classes, true))).dividedBy(deviation.plus(EPSILON));
  }

  @Override
  public String formula() {
    return "T² · KL(softmax(Z(v)/T) ‖ softmax(Z(z)/T)), Z standardising, at T = " + temperature;
  }
}

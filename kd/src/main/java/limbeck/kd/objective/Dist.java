package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Normalize;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.Temperature;
import limbeck.engine.op.reduce.Mean;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * DIST: the student need not have the teacher's probabilities, only their order and relative sizes:
 * T² (β · inter + γ · intra) with d(u, w) = 1 − the correlation of u and w (Pearson's), and, of the
 * softened probabilities of a batch,
 *
 * <ul>
 *   <li>inter = the mean over examples of d between rows: which classes an example is like;
 *   <li>intra = the mean over classes of d between columns: which examples are more like a class.
 * </ul>
 *
 * <p>T. Huang, S. You, F. Wang, C. Qian and C. Xu, Knowledge Distillation from A Stronger Teacher,
 * NeurIPS 2022, arXiv:2205.10536, equations 8 to 10. The factor T² is that of the released code.
 *
 * <p>Numbers that are all equal correlate with nothing: where all deviations together are below
 * 1e−8, d is 1 and its gradient 0. So it is with every column of a batch of one example: there the
 * intra term is left out.
 *
 * @param temperature T, above 0
 * @param beta β, weight of the inter-class relation
 * @param gamma γ, weight of the intra-class relation
 */
public record Dist(
    @Hyperparameter(standard = "4", help = "temperature T") double temperature,
    @Hyperparameter(standard = "2", help = "weight of relations between classes") double beta,
    @Hyperparameter(standard = "2", help = "weight of relations within classes") double gamma)
    implements Objective {
  private static final String METHOD = "dist";

  /** Checks the settings. */
  public Dist {
    Temperature.checked(METHOD, temperature);
    Settings.requireNotNegative(METHOD, "beta", beta);
    Settings.requireNotNegative(METHOD, "gamma", gamma);
  }

  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var q = student.logits().apply(new Softmax(temperature));
    Var p = teacher.logits().apply(new Softmax(temperature));
    double square = temperature * temperature;
    Var inter = distance(q, p).times(square * beta);
    if (batch.size() == 1) {
      return inter;
    }
    Var intra = distance(q.permute(1, 0), p.permute(1, 0)).times(square * gamma);
    return inter.plus(intra);
  }

  /** The mean of d over rows. */
  private static Var distance(Var u, Var w) {
    Var correlations = direction(u).times(direction(w)).sum(-1);
    return correlations.mean().times(-1).plus(1);
  }

  /** Each row without its mean, at length 1. */
  private static Var direction(Var u) {
    return u.minus(u.apply(new Mean(List.of(-1), true))).apply(new Normalize(1e-8));
  }

  @Override
  public String formula() {
    return "T² · (" + beta + " · inter + " + gamma + " · intra) at T = " + temperature;
  }
}

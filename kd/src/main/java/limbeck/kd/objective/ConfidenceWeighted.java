package limbeck.kd.objective;

import java.util.List;
import limbeck.autograd.Var;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.reduce.Max;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Confidence-weighted by teacher max (CWTM), an ablation of born-again networks: Σ_b w_b · H(y_b,
 * q_b) with w_b = max p_b / Σ_b' max p_b' over the batch, at temperature 1. T. Furlanello, Z.
 * Lipton, M. Tschannen, L. Itti and A. Anandkumar, Born-Again Neural Networks, ICML 2018,
 * arXiv:1805.04770, section 3.4.
 *
 * <p>Of the teacher only its confidence is left: how sure it is of each example weighs the labels,
 * and what it thinks of wrong classes is gone. If that does as well as {@link SoftTargets} at T =
 * 1, the gain of born-again networks is one of importance weights; {@link PermutedDarkKnowledge} is
 * the other half of the question.
 *
 * <p>It takes the place of {@link HardLabels}; it is not added to them.
 */
public record ConfidenceWeighted() implements Objective {
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    Var z = student.logits();
    OneHot labels = new OneHot(z.shape().last(), 1, 0, z.value().dtype());
    Var targets = Var.of(batch.labels()).apply(labels).times(weights(teacher.logits()));
    return z.apply(new SoftCrossEntropy(1, true, Reduction.SUM), targets);
  }

  /** w [batch, 1], which adds up to 1. */
  static Var weights(Var v) {
    Var confidence = v.apply(new Softmax()).apply(new Max(List.of(-1), true));
    return confidence.dividedBy(confidence.sum());
  }

  /** No: its weights are for labels. */
  @Override
  public boolean takesMixedLabels() {
    return false;
  }

  @Override
  public String formula() {
    return "w · H(y, q), w ∝ max p";
  }
}

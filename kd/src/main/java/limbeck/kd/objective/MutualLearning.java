package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;
import limbeck.kd.Batch;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Deep mutual learning (DML), the term of one network of a cohort that learns together: the mean
 * over its peers l of KL(p_l ‖ q), at temperature 1, mean over examples. It is added to {@link
 * HardLabels}. Y. Zhang, T. Xiang, T. M. Hospedales and H. Lu, Deep Mutual Learning, CVPR 2018,
 * arXiv:1706.00384, equations 3 to 7.
 *
 * <p>The peers come as {@linkplain Outputs#others several teachers}, detached: each network is
 * pulled towards the others and pulls nobody. Alone, with no teacher at all, it learns nothing from
 * this: the term is a constant 0.
 *
 * <p>Which predictions of the peers these are is the training's choice: the published algorithm
 * updates one network after another, each against the others' newest predictions; taking all
 * predictions first is a cheaper variant.
 */
public record MutualLearning() implements Objective {
  @Override
  public Var loss(Outputs student, Outputs peers, Batch batch) {
    if (peers == null) {
      return zero(student);
    }
    Var sum = null;
    for (Outputs peer : peers.all()) {
      Var one = new SoftTargets(1).loss(student, peer, batch);
      sum = sum == null ? one : sum.plus(one);
    }
    return peers.others().isEmpty() ? sum : sum.times(1.0 / peers.all().size());
  }

  /** A loss that moves nothing. */
  static Var zero(Outputs student) {
    return Var.of(Tensor.zeros(student.logits().value().dtype(), Shape.SCALAR));
  }

  @Override
  public String formula() {
    return "mean over peers of KL(p ‖ q)";
  }
}

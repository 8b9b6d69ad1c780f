package limbeck.kd.objective;

import limbeck.autograd.Var;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;

/**
 * Codistillation, the term of one of several copies that are trained apart: KL(p̄ ‖ q) at
 * temperature 1, mean over examples, with p̄ the mean of the other copies' probabilities. It is
 * added to {@link HardLabels}. R. Anil, G. Pereyra, A. Passos, R. Ormandi, G. E. Dahl and G. E.
 * Hinton, Large scale distributed neural network training through online distillation, ICLR 2018,
 * arXiv:1804.03235, algorithm 1.
 *
 * <p>The copies come as {@linkplain Outputs#others several teachers}, detached, and may be older
 * states of theirs: the paper finds that stale ones are as good, so that copies rarely need to be
 * exchanged. With fresh ones it differs from {@link MutualLearning} in that the peers' mean
 * teaches, not each peer.
 *
 * <p>The paper's loss is the cross-entropy against p̄, which is larger by the entropy of p̄ and has
 * the same gradient.
 *
 * @param burnIn steps before the copies have learned enough to teach: until then the term is a
 *     constant 0, and peers may be null
 */
public record Codistillation(
    @Hyperparameter(standard = "0", help = "steps before the copies begin to teach") int burnIn)
    implements Objective {
  /** Checks the settings. */
  public Codistillation {
    Settings.requireAtLeast("codistillation", "burnIn", burnIn, 0);
  }

  @Override
  public Var loss(Outputs student, Outputs peers, Batch batch) {
    if (peers == null || batch.progress().step() < burnIn) {
      return MutualLearning.zero(student);
    }
    return student.logits().apply(new KlDivergence(1), mean(peers));
  }

  /** The arithmetic mean of the peers' probabilities. */
  static Var mean(Outputs peers) {
    Var sum = null;
    for (Outputs peer : peers.all()) {
      Var p = peer.logits().apply(new Softmax());
      sum = sum == null ? p : sum.plus(p);
    }
    return peers.others().isEmpty() ? sum : sum.times(1.0 / peers.all().size());
  }

  @Override
  public String formula() {
    return "KL(mean of peers' p ‖ q)" + (burnIn == 0 ? "" : " from step " + burnIn + " on");
  }
}

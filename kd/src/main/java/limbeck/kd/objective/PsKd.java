package limbeck.kd.objective;

import java.util.Map;
import limbeck.autograd.Var;
import limbeck.engine.op.Softmax;
import limbeck.engine.op.layout.OneHot;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.kd.Batch;
import limbeck.kd.Hyperparameter;
import limbeck.kd.Objective;
import limbeck.kd.Outputs;
import limbeck.kd.Progress;

/**
 * Progressive self-knowledge distillation (PS-KD): H((1 − a) y + a p, q) at temperature 1, mean
 * over examples, where the teacher's p is what this very network said after the epoch before. K.
 * Kim, B. Ji, D. Yoon and S. Hwang, Self-Knowledge Distillation with Progressive Refinement of
 * Targets, ICCV 2021, arXiv:2006.12000, equations 4 and 5.
 *
 * <p>The share a of the own past grows with the epochs: a = a_E · t/E after t of E epochs. So the
 * first epoch has a = 0: it is plain cross-entropy, bit for bit, and no teacher is asked. The
 * released code counts epochs from 1, and teaches the first one with its labels; its past are the
 * predictions made during the epoch before, here those of the network at its end.
 *
 * <p>It takes the place of {@link HardLabels}; it is not added to them. A loss of 0 is out of
 * reach: the least is the entropy of the mixed target.
 *
 * @param share a_E, from 0 to 1: towards what a grows
 */
public record PsKd(
    @Hyperparameter(standard = "0.8", help = "share of the own past in the target, at the end")
        double share)
    implements Objective {
  /** Checks the settings. */
  public PsKd {
    Settings.require(share >= 0 && share <= 1, "ps-kd", "share", share, "a share from 0 to 1");
  }

  /** The share a of the own past at a moment. */
  public double shareAt(Progress p) {
    return share * p.epoch() / p.epochs();
  }

  /**
   * The loss.
   *
   * @param teacher the network after the epoch before; may be null while the share is 0
   */
  @Override
  public Var loss(Outputs student, Outputs teacher, Batch batch) {
    double a = shareAt(batch.progress());
    if (a == 0) {
      return new HardLabels().loss(student, null, batch);
    }
    Var z = student.logits();
    OneHot remaining = new OneHot(z.shape().last(), 1 - a, 0, z.value().dtype());
    Var labels =
        batch.mixed()
            ? Var.of(batch.targets()).times(1 - a)
            : Var.of(batch.labels()).apply(remaining);
    Var past = teacher.logits().apply(new Softmax()).times(a);
    return z.apply(new SoftCrossEntropy(), labels.plus(past));
  }

  /** Not if the share is 0. */
  @Override
  public boolean asksTeacher() {
    return share > 0;
  }

  @Override
  public String formula() {
    return "H((1 − a) · y + a · p, q), a growing to " + share;
  }

  @Override
  public Map<String, Double> course(Progress p) {
    return Map.of("a", shareAt(p));
  }
}

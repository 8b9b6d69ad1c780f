package limbeck.autograd.oracle;

import java.util.Map;
import limbeck.engine.op.Op;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Focal;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.JensenShannon;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.loss.MultiMargin;
import limbeck.engine.op.loss.NegativeLogLikelihood;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.op.loss.Triplet;

/** The losses that bench/oracle/ops_losses.py has cases of, by the names that they have there. */
final class OracleLossOps {
  private OracleLossOps() {}

  static void addTo(Map<String, Op> ops) {
    CrossEntropy plain = new CrossEntropy();
    ops.put("crossEntropy", plain);
    ops.put("crossEntropy smoothing 0.1", plain.withSmoothing(0.1));
    ops.put("crossEntropy ignored", plain.withIgnored(-100));
    ops.put("crossEntropy weights smoothing 0.25", plain.withWeights().withSmoothing(0.25));
    for (int t : new int[] {1, 4}) {
      ops.put("softCrossEntropy " + t, new SoftCrossEntropy(t));
      ops.put("klDivergence " + t, new KlDivergence(t));
      ops.put("softTargets " + t, new SoftTargets(t));
      ops.put("softTargets reverse " + t, new SoftTargets(t, true, true, Reduction.BATCH_MEAN));
    }
    ops.put("jensenShannon", new JensenShannon());
    Reduction mean = Reduction.BATCH_MEAN;
    ops.put("jensenShannon 0.1", new JensenShannon(4, true, 0.1, false, mean));
    ops.put("jensenShannon continuous 0.25", new JensenShannon(2, true, 0.25, true, mean));
    ops.put("negativeLogLikelihood", new NegativeLogLikelihood());
    ops.put("multiMargin 0.7", new MultiMargin(0.7, Reduction.ELEMENT_MEAN));
    ops.put("focal 2", new Focal(2));
    ops.put("focal 0.5", new Focal(0.5));
    ops.put("triplet 0.5", new Triplet(0.5, Reduction.BATCH_MEAN));
    ops.put("klDivergence mask", new KlDivergence(2).withMask());
    ops.put("squaredError", SquaredError.mean());
    ops.put("huber 0.7", new Huber(0.7));
    ops.put("cosineDistance", new CosineDistance());
    ops.put("bceLogits", new BceLogits());
    ops.put("bceLogits weights", new BceLogits().withWeights());
  }
}

package limbeck.autograd.oracle;

import limbeck.engine.op.Op;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import org.junit.jupiter.api.Test;

/** Losses and their gradients against PyTorch. */
class LossesOracleTest {
  private static void check(String caseName, Op op, String... operands) {
    Oracle.of("losses", caseName).check(op, operands);
  }

  @Test
  void crossEntropy() {
    CrossEntropy plain = new CrossEntropy();
    CrossEntropy all = plain.withWeights().withSmoothing(0.25).withIgnored(-100);
    check("crossEntropy.plain", plain, "in.x", "int.y");
    check("crossEntropy.smoothing", plain.withSmoothing(0.1), "in.x", "int.y");
    check("crossEntropy.weights", plain.withWeights(), "in.x", "int.y", "w");
    check("crossEntropy.ignored", plain.withIgnored(-100), "in.x", "int.y");
    check("crossEntropy.all", all, "in.x", "int.y", "w");
    check("crossEntropy.all.sum", all.withReduction(Reduction.SUM), "in.x", "int.y", "w");
  }

  @Test
  void targetDistributions() {
    KlDivergence kl = new KlDivergence(2);
    KlDivergence logs = new KlDivergence(1).withLogTargets();
    check("softCrossEntropy", new SoftCrossEntropy(), "in.x", "in.t");
    check("softCrossEntropy.2", new SoftCrossEntropy(2), "in.x", "in.t");
    check("klDivergence", kl, "in.x", "in.t");
    check("klDivergence.logs", logs.withReduction(Reduction.ELEMENT_MEAN), "in.x", "in.t");
    check("klDivergence.mask", kl.withMask(), "in.x", "in.t", "int.mask");
    check("softTargets", new SoftTargets(4), "in.x", "in.t");
    SoftTargets reverse = new SoftTargets(4, true, true, Reduction.BATCH_MEAN);
    check("softTargets.reverse", reverse, "in.x", "in.t");
  }

  @Test
  void vectors() {
    check("squaredError", SquaredError.mean(), "in.x", "in.t");
    check("huber", new Huber(0.7), "in.x", "in.t");
    check("huber.sum", new Huber(1.5, Reduction.SUM), "in.x", "in.t");
    check("cosineDistance", new CosineDistance(), "in.x", "in.t");
  }

  @Test
  void binaryCrossEntropy() {
    BceLogits weighted = new BceLogits().withWeights();
    check("bceLogits", new BceLogits(), "in.x", "in.t");
    check("bceLogits.weights", weighted, "in.x", "in.t", "w");
    check("bceLogits.sum", weighted.withReduction(Reduction.SUM), "in.x", "in.t", "w");
  }
}

package limbeck.bench.torch;

import ai.djl.ndarray.NDArray;
import java.util.List;
import limbeck.engine.op.Reduction;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.JensenShannon;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.op.loss.Triplet;
import limbeck.engine.tensor.Tensor;

/** Losses between two distributions, and between vectors. */
final class DistanceEntries {
  private DistanceEntries() {}

  static List<OracleEntry> all() {
    return List.of(
        new OracleEntry("softCrossEntropy", DistanceEntries::softCrossEntropy),
        new OracleEntry("klDivergence", DistanceEntries::klDivergence),
        new OracleEntry("klDivergence with a mask", DistanceEntries::maskedDivergence),
        new OracleEntry("softTargets", DistanceEntries::softTargets),
        new OracleEntry("jensenShannon", DistanceEntries::jensenShannon),
        new OracleEntry("squaredError", DistanceEntries::squaredError),
        new OracleEntry("huber", DistanceEntries::huber),
        new OracleEntry("cosineDistance", DistanceEntries::cosineDistance),
        new OracleEntry("triplet", DistanceEntries::triplet));
  }

  private static double temperature(Draw d) {
    return d.oneOf(1, 4, 0.7);
  }

  private static OracleCase softCrossEntropy(Draw d) {
    double t = temperature(d);
    int[] shape = d.shape(1, 3);
    return OracleCase.of(
        new SoftCrossEntropy(t),
        in -> Torch.sum(in[1].mul(Torch.logSoftmax(in[0], t))).mean().mul(-t * t),
        d.normal(shape),
        d.distributions(shape));
  }

  /** Σ p · (ln p − ln q) of each row, p and q by their logarithms. */
  private static NDArray divergence(NDArray logP, NDArray logQ) {
    return Torch.sum(logP.exp().mul(logP.sub(logQ)));
  }

  private static OracleCase klDivergence(Draw d) {
    double t = temperature(d);
    int[] shape = d.shape(1, 3);
    return OracleCase.of(
        new KlDivergence(t),
        in -> {
          NDArray ratio = in[1].log().sub(Torch.logSoftmax(in[0], t));
          return Torch.sum(in[1].mul(ratio)).mean().mul(t * t);
        },
        d.normal(shape),
        d.distributions(shape));
  }

  /** What a mask leaves out is moved so low that it has no share: at least one class is kept. */
  private static OracleCase maskedDivergence(Draw d) {
    double t = temperature(d);
    int[] shape = {d.size(), d.size()};
    return OracleCase.of(
        new KlDivergence(t).withMask(),
        in -> {
          NDArray kept = in[2].gt(0);
          NDArray logits = Torch.where(kept, in[0], in[0].zerosLike().sub(1e6));
          NDArray ratio = in[1].log().sub(Torch.logSoftmax(logits, t));
          NDArray terms = Torch.where(kept, in[1].mul(ratio), ratio.zerosLike());
          return Torch.sum(terms).mean().mul(t * t);
        },
        d.normal(shape),
        d.distributions(shape),
        d.mask(shape));
  }

  private static OracleCase softTargets(Draw d) {
    double t = temperature(d);
    boolean squared = d.flag();
    boolean reverse = d.flag();
    int[] shape = d.shape(1, 3);
    return OracleCase.of(
        new SoftTargets(t, squared, reverse, Reduction.BATCH_MEAN),
        in -> {
          NDArray student = Torch.logSoftmax(in[0], t);
          NDArray teacher = Torch.logSoftmax(in[1], t);
          NDArray rows = reverse ? divergence(student, teacher) : divergence(teacher, student);
          return rows.mean().mul(squared ? t * t : 1.0);
        },
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase jensenShannon(Draw d) {
    double t = temperature(d);
    double beta = d.oneOf(0.5, 0.1, 0.8);
    boolean continuous = d.flag();
    double weight = continuous ? 1 - beta : beta;
    int[] shape = d.shape(1, 3);
    return OracleCase.of(
        new JensenShannon(t, true, beta, continuous, Reduction.BATCH_MEAN),
        in -> {
          NDArray q = Torch.logSoftmax(in[0], t);
          NDArray p = Torch.logSoftmax(in[1], t);
          NDArray m = p.exp().mul(beta).add(q.exp().mul(1 - beta)).log();
          NDArray rows = divergence(p, m).mul(weight).add(divergence(q, m).mul(1 - weight));
          return rows.mean().mul(t * t);
        },
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase squaredError(Draw d) {
    int[] shape = d.shape(1, 3);
    boolean mean = d.flag();
    return OracleCase.of(
        mean ? SquaredError.mean() : SquaredError.logitMatching(),
        in -> {
          NDArray squares = in[0].sub(in[1]).square();
          return mean ? squares.mean() : Torch.sum(squares).mean().mul(0.5);
        },
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase huber(Draw d) {
    double delta = d.oneOf(0.7, 1, 2.5);
    int[] shape = d.shape(1, 3);
    return OracleCase.of(
        new Huber(delta),
        in -> {
          NDArray off = in[0].sub(in[1]).abs();
          NDArray far = off.sub(delta / 2).mul(delta);
          return Torch.where(off.lte(delta), off.mul(off).mul(0.5), far).mean();
        },
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase cosineDistance(Draw d) {
    double epsilon = 1e-12;
    int[] shape = d.rows(1, 3);
    return OracleCase.of(
        new CosineDistance(),
        in -> {
          NDArray a = Torch.sum(in[0].square()).add(epsilon);
          NDArray b = Torch.sum(in[1].square()).add(epsilon);
          NDArray cosine = Torch.sum(in[0].mul(in[1])).div(a.mul(b).sqrt());
          return cosine.neg().add(1.0).mean();
        },
        d.normal(shape),
        d.normal(shape));
  }

  private static OracleCase triplet(Draw d) {
    double margin = d.oneOf(0.5, 1);
    int[] shape = d.rows(1, 3);
    Tensor anchor = d.normal(shape);
    return OracleCase.of(
        new Triplet(margin, Reduction.BATCH_MEAN),
        in -> {
          NDArray near = Torch.length(in[0].sub(in[1]));
          NDArray far = Torch.length(in[0].sub(in[2]));
          return Torch.nn(near.sub(far).add(margin)).relu().mean();
        },
        anchor,
        d.normal(shape),
        d.normal(shape));
  }
}

package limbeck.engine.op;

import static limbeck.engine.op.SoftCrossEntropyEntries.probability;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.KlDivergence;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Divergence from target distributions, in all its settings. */
final class KlDivergenceEntries {
  private KlDivergenceEntries() {}

  static List<Entry> all() {
    KlDivergence kl = new KlDivergence(2);
    return List.of(
        entry(new KlDivergence(1)),
        entry(kl),
        entry(kl.withLogTargets().withReduction(Reduction.ELEMENT_MEAN)),
        entry(kl.withMask()),
        entry(kl.withMask().withLogTargets()),
        entry(new KlDivergence(4, false, false, true, Reduction.SUM)));
  }

  private static Entry entry(KlDivergence op) {
    Divergence d = new Divergence(op);
    return new Entry(
        op,
        (v, i) -> d.value(v),
        new Precision((v, i) -> d.bound(v), d::gradientBound),
        samples(op));
  }

  /** Divergence by index, over what the mask keeps. */
  private static final class Divergence {
    /** Where float32 may take the other of the two forms of a term than float64. */
    private static final double PLAIN_FROM = 0.49;

    private final KlDivergence op;
    private final Naive.Cache logs;
    private final PerRun<Double> factor = new PerRun<>(this::factor);

    Divergence(KlDivergence op) {
      this.op = op;
      logs = new Naive.Cache(0, op.temperature(), op.masked() ? 2 : -1);
    }

    private double p(OpValues v, int i) {
      double t = op.logTargets() ? StrictMath.exp(v.in(1, i)) : v.in(1, i);
      return logs.rows(v).keeps(i) ? t : 0;
    }

    private double logP(OpValues v, int i) {
      return op.logTargets() ? v.in(1, i) : StrictMath.log(v.in(1, i));
    }

    /** The relative error of p. */
    private double pError() {
      return op.logTargets() ? ErrorBound.gamma(ErrorBound.EXP) : 0;
    }

    /** The absolute error of ln p. */
    private double logPError(OpValues v, int i) {
      return op.logTargets() ? 0 : ErrorBound.gamma(ErrorBound.LOG) * Math.abs(logP(v, i));
    }

    private double factor(OpValues v) {
      Naive rows = logs.rows(v);
      int counted = 0;
      for (int row = 0; row < rows.error.length; row++) {
        boolean any = false;
        for (int i = row * rows.n; i < (row + 1) * rows.n; i++) {
          any |= rows.keeps(i);
        }
        counted += any ? 1 : 0;
      }
      double t = op.temperatureSquared() ? op.temperature() * op.temperature() : 1;
      return t * op.reduction().factor(counted, rows.n);
    }

    private double row(OpValues v, int row) {
      Naive rows = logs.rows(v);
      double sum = 0;
      for (int i = row * rows.n; i < (row + 1) * rows.n; i++) {
        double p = p(v, i);
        sum += p == 0 ? 0 : p * (logP(v, i) - rows.log[i]);
      }
      return sum;
    }

    double value(OpValues v) {
      double sum = 0;
      for (int row = 0; row < logs.rows(v).error.length; row++) {
        sum += row(v, row);
      }
      return factor.of(v) * sum;
    }

    double bound(OpValues v) {
      int examples = logs.rows(v).error.length;
      double losses = 0;
      double errors = 0;
      for (int row = 0; row < examples; row++) {
        losses += Math.abs(row(v, row));
        errors += rowBound(v, row);
      }
      return SoftCrossEntropyEntries.bound(examples, factor.of(v), losses, errors);
    }

    /**
     * As for soft targets: a term p·(eᵈ − 1 − d), d = ln(q/p), small or large. Then Σp, and the
     * loss is rounded.
     */
    private double rowBound(OpValues v, int row) {
      Naive rows = logs.rows(v);
      double exp = ErrorBound.gamma(ErrorBound.EXP);
      double sum = ErrorBound.U * Math.abs(row(v, row));
      for (int i = row * rows.n; i < (row + 1) * rows.n; i++) {
        double p = p(v, i);
        double d = p == 0 ? 0 : Math.abs(logP(v, i) - rows.log[i]);
        double e = rows.error[row] + (p == 0 ? 0 : logPError(v, i));
        sum += p * pError();
        sum +=
            p > 0 && d < PLAIN_FROM
                ? p * (1.3 * d * e + e * e + d * d * pError())
                : rows.probability(i) * (rows.error[row] + exp) + p * ((1 + d) * pError() + e);
      }
      return sum;
    }

    double gradientBound(OpValues v, int operand, int i) {
      Naive rows = logs.rows(v);
      double scale = Math.abs(v.gradOut(0)) * factor.of(v);
      double rounded = ErrorBound.gamma(2) * Math.abs(v.gradIn(operand, i));
      if (!rows.keeps(i)) {
        return 0;
      }
      if (operand == 1) {
        return 1.01 * (scale * targetBound(v, i) + rounded);
      }
      double total = 0;
      for (int j = i / rows.n * rows.n; j < (i / rows.n + 1) * rows.n; j++) {
        total += p(v, j);
      }
      double each = scale / op.temperature();
      double qError = rows.error(i) + ErrorBound.gamma(ErrorBound.EXP);
      double p = p(v, i);
      double error =
          SoftCrossEntropyEntries.logitsBound(
              v, each, total, rows.probability(i), qError, p, pError());
      return 1.01 * (error + rounded);
    }

    /** ln p − ln q + 1, a difference and a sum; for logarithms a product with p. */
    private double targetBound(OpValues v, int i) {
      if (p(v, i) == 0) {
        return 0;
      }
      Naive rows = logs.rows(v);
      double d = Math.abs(logP(v, i) - rows.log[i]);
      double error = rows.error(i) + logPError(v, i) + ErrorBound.gamma(2) * (d + 1);
      double product = ErrorBound.gamma(ErrorBound.EXP + 1);
      return op.logTargets() ? p(v, i) * (error + product * (d + 1)) : error;
    }
  }

  private static List<OpSample> samples(KlDivergence op) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(2, 3000)) {
      Shape shape = s.operands().get(0).shape();
      samples.add(targets(op, masked(op, s.name(), shape, shape)));
    }
    Shape shape = Shape.of(3, 4);
    OpSample small = targets(op, masked(op, "logits of +-1e4", shape, Shape.of(4)));
    samples.add(small.values(0, i -> i % 2 == 0 ? 1e4 : -1e4).extreme());
    double none = op.logTargets() ? -1e4 : 0;
    samples.add(
        masked(op, "one-hot targets", shape, shape)
            .values(1, i -> i % 4 == i / 4 ? (op.logTargets() ? 0 : 1) : none)
            .extreme());
    samples.add(
        masked(op, "equal", shape, Shape.of(3, 1))
            .values(0, i -> 0)
            .values(1, i -> op.logTargets() ? StrictMath.log(0.25) : 0.25));
    if (op.masked()) {
      samples.add(targets(op, masked(op, "tokens", Shape.of(2, 3, 5), Shape.of(2, 3, 1))));
      samples.add(targets(op, masked(op, "a mask per time", Shape.of(2, 3, 5), Shape.of(3, 5))));
      samples.add(targets(op, masked(op, "nothing kept", shape, shape).values(2, i -> 0)));
      samples.add(
          OpSample.of("4 and 5 classes", shape, shape, Shape.of(3, 5))
              .refused("logits [3, classes=4]", "mask [3, classes=5]", "axis 1 (4 vs 5)"));
    }
    samples.addAll(SoftCrossEntropyEntries.refused(op.masked()));
    return samples;
  }

  private static OpSample masked(KlDivergence op, String name, Shape logits, Shape mask) {
    return op.masked()
        ? OpSample.of(name, logits, logits, mask).labels(2, 2)
        : OpSample.of(name, logits, logits);
  }

  private static OpSample targets(KlDivergence op, OpSample sample) {
    return sample.values(1, i -> op.logTargets() ? StrictMath.log(probability(i)) : probability(i));
  }
}

package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.SoftTargets;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** The divergence of softened distributions, in all its settings. */
final class SoftTargetsEntries {
  private SoftTargetsEntries() {}

  static List<Entry> all() {
    return List.of(
        entry(new SoftTargets(1)),
        entry(new SoftTargets(2)),
        entry(new SoftTargets(4)),
        entry(new SoftTargets(20)),
        entry(new SoftTargets(4, false, false, Reduction.BATCH_MEAN)),
        entry(new SoftTargets(4, true, true, Reduction.BATCH_MEAN)),
        entry(new SoftTargets(2, true, false, Reduction.ELEMENT_MEAN)),
        entry(new SoftTargets(2, true, true, Reduction.SUM)));
  }

  private static Entry entry(SoftTargets op) {
    Divergence d = new Divergence(op);
    return new Entry(
        op, (v, i) -> d.loss(v), new Precision((v, i) -> d.bound(v), d::gradientBound), samples());
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>(Sizes.rows(2, 3000));
    Shape shape = Shape.of(3, 4);
    samples.add(
        OpSample.of("teacher of +-1e4", shape, shape)
            .values(1, i -> i % 3 == 0 ? 1e4 : -1e4)
            .extreme());
    samples.add(
        OpSample.of("both of +-1e4", shape, shape)
            .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
            .values(1, i -> i % 3 == 0 ? 1e4 : -1e4)
            .extreme());
    samples.add(
        OpSample.of("one-hot teacher", shape, shape)
            .values(1, i -> i % 4 == 1 ? 200 : 0)
            .extreme());
    samples.add(OpSample.of("zeros", shape, shape).values(0, i -> 0).values(1, i -> 0));
    samples.add(
        OpSample.of("4 and 5 classes", Shape.of(3, 4), Shape.of(3, 5))
            .refused(
                "student logits [3, classes=4]",
                "teacher logits [3, classes=5]",
                "disagree on classes",
                "(4 vs 5)"));
    samples.add(
        OpSample.of("3 and 2 examples", Shape.of(3, 4), Shape.of(2, 4))
            .refused("[3, classes=4]", "[2, classes=4]", "disagree on axis 0", "(3 vs 2)"));
    return samples;
  }

  /** Definition and bounds of one setting: a is the reference distribution, b the model's. */
  private static final class Divergence {
    /** Where float32 may take the other of the two forms of a term than float64. */
    private static final double PLAIN_FROM = 0.49;

    private final SoftTargets op;
    private final int reference;
    private final Naive.Cache logA;
    private final Naive.Cache logB;

    Divergence(SoftTargets op) {
      this.op = op;
      reference = op.reverse() ? 0 : 1;
      logA = new Naive.Cache(reference, op.temperature());
      logB = new Naive.Cache(1 - reference, op.temperature());
    }

    double loss(OpValues v) {
      double sum = 0;
      for (int row = 0; row < logA.rows(v).error.length; row++) {
        sum += kl(v, row);
      }
      return factor(v) * sum;
    }

    private double factor(OpValues v) {
      int examples = v.shape(0).rows();
      int classes = v.shape(0).last();
      double t = op.temperatureSquared() ? op.temperature() * op.temperature() : 1;
      return switch (op.reduction()) {
        case BATCH_MEAN -> t / examples;
        case ELEMENT_MEAN -> t / examples / classes;
        case SUM -> t;
      };
    }

    private double kl(OpValues v, int row) {
      Naive a = logA.rows(v);
      Naive b = logB.rows(v);
      double sum = 0;
      for (int i = row * a.n; i < (row + 1) * a.n; i++) {
        double p = a.probability(i);
        sum += p == 0 ? 0 : p * (a.log[i] - b.log[i]);
      }
      return sum;
    }

    /** Of the examples' losses; then their sum, the rounded factor and its product. */
    double bound(OpValues v) {
      int examples = logA.rows(v).error.length;
      double losses = 0;
      double errors = 0;
      for (int row = 0; row < examples; row++) {
        losses += kl(v, row);
        errors += klBound(v, row);
      }
      double roundings = ErrorBound.gamma(ErrorBound.sum(examples) + 2);
      return 1.01 * factor(v) * (errors + roundings * (losses + errors));
    }

    /**
     * A term is a·(eᵈ − 1 − d), d = ln(b/a), summed in double from a, b and their logarithms. With
     * e the error of d and r that of a, relative: small d give a·(|eᵈ − 1|·e + e² + d²·r), with |eᵈ
     * − 1| ≤ 1.3·|d|; large ones the errors of all three parts. At last the loss is rounded.
     */
    private double klBound(OpValues v, int row) {
      Naive a = logA.rows(v);
      Naive b = logB.rows(v);
      double exp = ErrorBound.gamma(ErrorBound.EXP);
      double e = a.error[row] + b.error[row];
      double sum = 0;
      for (int i = row * a.n; i < (row + 1) * a.n; i++) {
        double p = a.probability(i);
        double d = Math.abs(a.log[i] - b.log[i]);
        double r = a.error[row] + exp;
        sum +=
            d < PLAIN_FROM
                ? p * (1.3 * d * e + e * e + d * d * r)
                : b.probability(i) * (b.error[row] + exp) + p * (1 + d) * r + p * e;
      }
      return sum + ErrorBound.U * kl(v, row);
    }

    double gradientBound(OpValues v, int operand, int i) {
      double scale = Math.abs(v.gradOut(0)) * factor(v) / op.temperature();
      double error = operand == reference ? referenceBound(v, i) : modelBound(v, i);
      // the rounded scale and its product
      return 1.01 * (scale * error + ErrorBound.gamma(2) * Math.abs(v.gradIn(operand, i)));
    }

    /** b − a. */
    private double modelBound(OpValues v, int i) {
      Naive a = logA.rows(v);
      Naive b = logB.rows(v);
      double exp = ErrorBound.gamma(ErrorBound.EXP);
      double p = a.probability(i);
      double q = b.probability(i);
      return q * (b.error(i) + exp) + p * (a.error(i) + exp) + ErrorBound.U * Math.abs(q - p);
    }

    /** a·(ln a − ln b − KL): two differences and a product. */
    private double referenceBound(OpValues v, int i) {
      Naive a = logA.rows(v);
      Naive b = logB.rows(v);
      int row = i / a.n;
      double d = Math.abs(a.log[i] - b.log[i]);
      double size = d + kl(v, row);
      double relative = a.error(i) + ErrorBound.gamma(ErrorBound.EXP + 3);
      return a.probability(i) * (a.error(i) + b.error(i) + klBound(v, row) + relative * size);
    }
  }
}

package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Cross-entropy in all its settings. */
final class CrossEntropyEntries {
  private static final int IGNORED = -100;

  private CrossEntropyEntries() {}

  static List<Entry> all() {
    CrossEntropy plain = new CrossEntropy();
    return List.of(
        entry(plain),
        entry(plain.withSmoothing(0.1)),
        entry(plain.withSmoothing(1).withReduction(Reduction.SUM)),
        entry(plain.withIgnored(IGNORED)),
        entry(plain.withWeights()),
        entry(plain.withWeights().withIgnored(2).withReduction(Reduction.ELEMENT_MEAN)),
        entry(plain.withWeights().withIgnored(IGNORED).withSmoothing(0.25)));
  }

  private static Entry entry(CrossEntropy op) {
    Loss loss = new Loss(op);
    return new Entry(
        op,
        (v, i) -> loss.value(v),
        new Precision((v, i) -> loss.bound(v), (v, k, i) -> loss.gradientBound(v, i)),
        samples(op));
  }

  /** The loss by index: −Σ u_c · ln p_c, with u as in the op's comment. */
  private static final class Loss {
    private final CrossEntropy op;
    private final Naive.Cache cache = new Naive.Cache(0, 1);
    private final PerRun<Double> factor = new PerRun<>(this::factor);

    Loss(CrossEntropy op) {
      this.op = op;
    }

    private boolean counts(OpValues v, int row) {
      return v.in(1, row) != op.ignored();
    }

    private double weight(OpValues v, int c) {
      return op.weighted() ? v.in(2, c) : 1;
    }

    /** What all classes have of u. */
    private double share(OpValues v, int c) {
      return op.smoothing() == 0 ? 0 : op.smoothing() / v.shape(0).last() * weight(v, c);
    }

    private double target(OpValues v, int row, int c) {
      boolean label = v.in(1, row) == c;
      return share(v, c) + (label ? (1 - op.smoothing()) * weight(v, c) : 0);
    }

    private double factor(OpValues v) {
      double sum = 0;
      int rows = v.shape(0).rows();
      for (int row = 0; row < rows; row++) {
        sum += counts(v, row) ? weight(v, (int) v.in(1, row)) : 0;
      }
      double n = op.reduction() == Reduction.ELEMENT_MEAN ? v.shape(0).last() : 1;
      return op.reduction() == Reduction.SUM ? 1 : sum == 0 ? 0 : 1 / (n * sum);
    }

    private double row(OpValues v, int row) {
      Naive rows = cache.rows(v);
      double sum = 0;
      for (int c = 0; c < rows.n && counts(v, row); c++) {
        sum -= target(v, row, c) * rows.log[row * rows.n + c];
      }
      return sum;
    }

    double value(OpValues v) {
      double sum = 0;
      for (int row = 0; row < v.shape(0).rows(); row++) {
        sum += row(v, row);
      }
      return factor.of(v) * sum;
    }

    private boolean plain() {
      return op.smoothing() == 0 && !op.weighted();
    }

    /**
     * Of one example: the errors of the log-probabilities; the sum over all classes that smoothing
     * takes; unless the loss is a log-probability itself, it is rounded.
     */
    private double rowBound(OpValues v, int row) {
      Naive rows = cache.rows(v);
      double bound = plain() ? 0 : ErrorBound.U * row(v, row);
      for (int c = 0; c < rows.n && counts(v, row); c++) {
        double log = Math.abs(rows.log[row * rows.n + c]);
        bound += target(v, row, c) * rows.error[row];
        bound += share(v, c) * ErrorBound.gamma(ErrorBound.sum(rows.n)) * log;
      }
      return bound;
    }

    /** Of the examples' losses; then their sum, the rounded factor and its product. */
    double bound(OpValues v) {
      int examples = v.shape(0).rows();
      double losses = 0;
      double errors = 0;
      for (int row = 0; row < examples; row++) {
        losses += row(v, row);
        errors += rowBound(v, row);
      }
      double roundings = ErrorBound.gamma(ErrorBound.sum(examples) + 2);
      return 1.01 * factor.of(v) * (errors + roundings * (losses + errors));
    }

    /**
     * (U·p − u)·scale: the errors of ln p and of exp. In the plain loss a difference, the rounded
     * scale and a product follow. With settings, U is a rounded sum and multiplies; the rounded
     * share is taken away by fma; both are of the size of U·p + share.
     */
    double gradientBound(OpValues v, int i) {
      Naive rows = cache.rows(v);
      int row = i / rows.n;
      if (!counts(v, row)) {
        return 0;
      }
      double total = 0;
      for (int c = 0; c < rows.n; c++) {
        total += target(v, row, c);
      }
      double scale = Math.abs(v.gradOut(0)) * factor.of(v);
      double p = total * rows.probability(i);
      double error = p * (rows.error[row] + ErrorBound.gamma(ErrorBound.EXP));
      if (!plain()) {
        error += ErrorBound.gamma(ErrorBound.sum(rows.n) + 4) * (p + share(v, i % rows.n));
      }
      return 1.01 * (scale * error + ErrorBound.gamma(3) * Math.abs(v.gradIn(0, i)));
    }
  }

  private static List<OpSample> samples(CrossEntropy op) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 3000)) {
      Shape logits = s.operands().get(0).shape();
      samples.add(sample(op, logits.toString(), logits));
    }
    Shape shape = Shape.of(4, 5);
    samples.add(
        sample(op, "logits of +-1e4", shape).values(0, i -> i % 2 == 0 ? 1e4 : -1e4).extreme());
    samples.add(sample(op, "logits of -1e4", shape).values(0, i -> -1e4).extreme());
    if (op.ignored() != CrossEntropy.NONE) {
      samples.add(sample(op, "nothing counts", shape).values(1, i -> op.ignored()));
    }
    if (op.weighted()) {
      samples.add(sample(op, "no weights", shape).values(2, i -> 0));
      samples.add(
          refused(op, "4 weights", shape, Shape.of(4), Shape.of(4))
              .refused("logits [4, classes=5]", "weights [classes=4]", "on classes (5 vs 4)"));
      samples.add(
          refused(op, "a table of weights", shape, Shape.of(4), Shape.of(5, 5))
              .refused("weights [5, 5]", "2 axes", "1 expected"));
    }
    samples.add(
        refused(op, "3 logits, 4 labels", Shape.of(3, 5), Shape.of(4), Shape.of(5))
            .refused("logits [3, classes=5]", "labels [4]", "disagree on axis 0", "(3 vs 4)"));
    samples.add(
        refused(op, "labels the other way", Shape.of(2, 3, 5), Shape.of(3, 2), Shape.of(5))
            .refused("logits [2, 3, classes=5]", "labels [3, 2]", "axis 0", "(2 vs 3)"));
    samples.add(
        refused(op, "no examples", Shape.of(0, 5), Shape.of(0), Shape.of(5))
            .refused("logits [0, classes=5]", "empty"));
    samples.add(
        refused(op, "one-hot labels", Shape.of(3, 5), Shape.of(3, 5), Shape.of(5))
            .refused("labels [3, 5]", "2 axes", "1 expected"));
    return samples;
  }

  /** Every third example is ignored, if one is; the weights are 0, 1/2, … 2 in turn. */
  private static OpSample sample(CrossEntropy op, String name, Shape logits) {
    int[] axes = new int[logits.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = logits.axis(i);
    }
    Shape labels = Shape.of(axes);
    int classes = logits.last();
    OpSample sample =
        op.weighted()
            ? OpSample.of(name, logits, labels, Shape.of(classes)).values(2, i -> (i + 1) % 5 / 2.0)
            : OpSample.of(name, logits, labels);
    sample = sample.labels(1, classes);
    return op.ignored() == CrossEntropy.NONE
        ? sample
        : sample.values(1, i -> i % 3 == 1 ? op.ignored() : i % classes);
  }

  private static OpSample refused(
      CrossEntropy op, String name, Shape logits, Shape labels, Shape weights) {
    return op.weighted()
        ? OpSample.of(name, logits, labels, weights)
        : OpSample.of(name, logits, labels);
  }
}

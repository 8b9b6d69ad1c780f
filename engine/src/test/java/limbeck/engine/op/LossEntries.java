package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.CrossEntropy;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.Definition;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Cross-entropy and squared error. */
final class LossEntries {
  private LossEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.add(crossEntropy());
    entries.add(squaredError(SquaredError.logitMatching()));
    entries.add(squaredError(SquaredError.mean()));
    entries.add(squaredError(new SquaredError(3, Reduction.SUM)));
    return entries;
  }

  private static Entry crossEntropy() {
    Naive.Cache cache = new Naive.Cache(0, 1);
    return new Entry(
        new CrossEntropy(),
        (v, i) -> crossEntropy(v, cache.rows(v)),
        new Precision(
            (v, i) -> crossEntropyBound(v, cache.rows(v)),
            (v, k, i) -> crossEntropyGradient(v, cache.rows(v), i)),
        crossEntropySamples());
  }

  private static int at(OpValues v, Naive rows, int row) {
    return row * rows.n + (int) v.in(1, row);
  }

  private static double crossEntropy(OpValues v, Naive rows) {
    double sum = 0;
    for (int row = 0; row < rows.error.length; row++) {
      sum -= rows.log[at(v, rows, row)];
    }
    return sum / rows.error.length;
  }

  /** The errors of the log-probabilities, their sum, the rounded factor and its product. */
  private static double crossEntropyBound(OpValues v, Naive rows) {
    int examples = rows.error.length;
    double errors = 0;
    for (double e : rows.error) {
      errors += e;
    }
    double sum = crossEntropy(v, rows) * examples;
    double roundings = ErrorBound.gamma(ErrorBound.sum(examples) + 2);
    return 1.01 * (errors + roundings * (sum + errors)) / examples;
  }

  /** (p − onehot)·scale: errors of log p and of exp, a difference, the rounded scale, a product. */
  private static double crossEntropyGradient(OpValues v, Naive rows, int i) {
    double scale = Math.abs(v.gradOut(0)) / rows.error.length;
    double p = rows.probability(i) * (rows.error(i) + ErrorBound.gamma(ErrorBound.EXP));
    return 1.01 * (scale * p + ErrorBound.gamma(3) * Math.abs(v.gradIn(0, i)));
  }

  private static List<OpSample> crossEntropySamples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 3000)) {
      samples.add(crossEntropySample(s.operands().get(0).shape()));
    }
    Shape shape = Shape.of(4, 5);
    samples.add(named("logits of +-1e4", shape).values(0, i -> i % 2 == 0 ? 1e4 : -1e4).extreme());
    samples.add(named("logits of -1e4", shape).values(0, i -> -1e4).extreme());
    samples.add(
        OpSample.of("3 logits, 4 labels", Shape.of(3, 5), Shape.of(4))
            .refused("logits [3, classes=5]", "labels [4]", "disagree on axis 0", "(3 vs 4)"));
    samples.add(
        OpSample.of("labels the other way", Shape.of(2, 3, 5), Shape.of(3, 2))
            .refused("logits [2, 3, classes=5]", "labels [3, 2]", "axis 0", "(2 vs 3)"));
    samples.add(
        OpSample.of("no examples", Shape.of(0, 5), Shape.of(0))
            .refused("logits [0, classes=5]", "empty"));
    samples.add(
        OpSample.of("one-hot labels", Shape.of(3, 5), Shape.of(3, 5))
            .refused("labels [3, 5]", "2 axes", "1 expected"));
    return samples;
  }

  private static OpSample crossEntropySample(Shape logits) {
    return named(logits.toString(), logits);
  }

  private static OpSample named(String name, Shape logits) {
    int[] axes = new int[logits.rank() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = logits.axis(i);
    }
    return OpSample.of(name, logits, Shape.of(axes)).labels(1, logits.last());
  }

  private static Entry squaredError(SquaredError op) {
    Definition definition = (v, i) -> op.factor(v.shape(0)) * squares(v);
    // differences and their squares, two sums, the rounded factor and its product; gradients:
    // difference, rounded factor, product
    Precision precision =
        new Precision(
            (v, i) -> {
              int n = v.shape(0).last();
              double sums = ErrorBound.sum(n) + ErrorBound.sum(v.shape(0).rows());
              return ErrorBound.gamma(3 + sums + 2) * v.out(0);
            },
            Precision.roundings(0, 3).backward());
    return new Entry(op, definition, precision, squaredErrorSamples());
  }

  private static double squares(OpValues v) {
    double sum = 0;
    for (int i = 0; i < v.shape(0).size(); i++) {
      double d = v.in(0, i) - v.in(1, i);
      sum += d * d;
    }
    return sum;
  }

  private static List<OpSample> squaredErrorSamples() {
    List<OpSample> samples = new ArrayList<>(Sizes.rows(2, 15_000));
    samples.add(
        Sizes.same(2, Shape.of(3, 4))
            .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
            .values(1, i -> 1e4)
            .extreme());
    samples.add(
        OpSample.of("4 outputs, 5 targets", Shape.of(3, 4), Shape.of(3, 5))
            .refused("outputs [3, n=4]", "targets [3, n=5]", "disagree on axis 1", "(4 vs 5)"));
    return samples;
  }
}

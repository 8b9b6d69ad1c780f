package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.Huber;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.Definition;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Losses between two vectors: squared error and Huber's. */
final class LossEntries {
  private LossEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.add(squaredError(SquaredError.logitMatching()));
    entries.add(squaredError(SquaredError.mean()));
    entries.add(squaredError(new SquaredError(3, Reduction.SUM)));
    entries.add(huber(new Huber(1)));
    entries.add(huber(new Huber(0.3, Reduction.BATCH_MEAN)));
    return entries;
  }

  private static Entry squaredError(SquaredError op) {
    Definition definition =
        (v, i) ->
            op.weight() * op.reduction().factor(v.shape(0).rows(), v.shape(0).last()) * squares(v);
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
    return new Entry(op, definition, precision, samples());
  }

  private static double squares(OpValues v) {
    double sum = 0;
    for (int i = 0; i < v.shape(0).size(); i++) {
      double d = v.in(0, i) - v.in(1, i);
      sum += d * d;
    }
    return sum;
  }

  static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>(Sizes.rows(2, 15_000));
    samples.add(
        Sizes.same(2, Shape.of(3, 4))
            .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
            .values(1, i -> i % 3 == 0 ? 1e4 : 1)
            .extreme());
    samples.add(
        OpSample.of("4 outputs, 5 targets", Shape.of(3, 4), Shape.of(3, 5))
            .refused("outputs [3, n=4]", "targets [3, n=5]", "disagree on axis 1", "(4 vs 5)"));
    return samples;
  }

  private static Entry huber(Huber op) {
    Definition definition =
        (v, i) -> op.reduction().factor(v.shape(0).rows(), v.shape(0).last()) * huber(op, v);
    // a rounded difference d counts twice at most: in d², and in δ·(|d| − δ/2) ≥ δ·|d|/2; the loss
    // of an example, a sum, the rounded factor and its product; gradients: the difference or δ, the
    // rounded scale, a product
    Precision precision =
        new Precision(
            (v, i) -> {
              double sum = ErrorBound.sum(v.shape(0).rows());
              return ErrorBound.gamma(2 + 1 + sum + 2) * v.out(0);
            },
            Precision.roundings(0, 3).backward());
    return new Entry(op, definition, precision, samples());
  }

  private static double huber(Huber op, OpValues v) {
    double sum = 0;
    for (int i = 0; i < v.shape(0).size(); i++) {
      double d = Math.abs(v.in(0, i) - v.in(1, i));
      sum += d <= op.delta() ? d * d / 2 : op.delta() * (d - op.delta() / 2);
    }
    return sum;
  }
}

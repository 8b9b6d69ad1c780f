package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.SquaredError;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.Definition;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Squared error. */
final class LossEntries {
  private LossEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    entries.add(squaredError(SquaredError.logitMatching()));
    entries.add(squaredError(SquaredError.mean()));
    entries.add(squaredError(new SquaredError(3, Reduction.SUM)));
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

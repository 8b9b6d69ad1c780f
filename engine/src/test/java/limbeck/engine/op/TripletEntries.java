package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.Triplet;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Triplet loss. */
final class TripletEntries {
  private TripletEntries() {}

  static List<Entry> all() {
    return List.of(
        entry(new Triplet()),
        entry(new Triplet(0.2, Reduction.SUM)),
        entry(new Triplet(5, Reduction.ELEMENT_MEAN)));
  }

  private static Entry entry(Triplet op) {
    return new Entry(
        op,
        (v, i) -> factor(op, v) * sum(op, v, false),
        new Precision((v, i) -> bound(op, v), (v, k, i) -> gradientBound(op, v)),
        samples());
  }

  private static double factor(Triplet op, OpValues v) {
    return op.reduction().factor(v.shape(0).rows(), v.shape(0).last());
  }

  private static double distance(OpValues v, int other, int row) {
    int n = v.shape(0).last();
    double squares = 0;
    for (int i = row * n; i < (row + 1) * n; i++) {
      double d = v.in(0, i) - v.in(other, i);
      squares += d * d;
    }
    return StrictMath.sqrt(squares);
  }

  private static double sum(Triplet op, OpValues v, boolean sizes) {
    double sum = 0;
    for (int row = 0; row < v.shape(0).rows(); row++) {
      double near = distance(v, 1, row);
      double far = distance(v, 2, row);
      double loss = Math.max(0, near - far + op.margin());
      sum += sizes ? near + far + op.margin() : loss;
    }
    return sum;
  }

  /** Roundings of a length: the difference twice and a sum of squares, halved by the root. */
  private static double length(OpValues v) {
    return (2 + ErrorBound.sum(v.shape(0).last())) / 2 + 1;
  }

  /** Lengths, their difference rounded; the sum, the rounded factor and its product. */
  private static double bound(Triplet op, OpValues v) {
    double sum = ErrorBound.sum(v.shape(0).rows());
    return factor(op, v) * ErrorBound.gamma(length(v) + 1 + sum + 3) * sum(op, v, true);
  }

  /** Directions, no longer than 1: a difference, a length, a quotient as a product; then three. */
  private static double gradientBound(Triplet op, OpValues v) {
    double scale = Math.abs(v.gradOut(0)) * factor(op, v);
    return 2 * scale * ErrorBound.gamma(1 + length(v) + 2 + 3);
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>(Sizes.rows(3, 9_000));
    Shape shape = Shape.of(3, 4);
    samples.add(
        Sizes.same(3, shape)
            .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
            .values(1, i -> i % 3 == 0 ? 1e4 : 1)
            .extreme());
    samples.add(Sizes.same(3, shape).values(0, i -> 1).values(1, i -> 1).extreme());
    samples.add(
        OpSample.of("2 and 3", shape, Shape.of(2, 4), shape)
            .refused("anchor [3, n=4]", "positive [2, n=4]", "disagree on axis 0", "(3 vs 2)"));
    samples.add(
        OpSample.of("4 and 5", shape, shape, Shape.of(3, 5))
            .refused("anchor [3, n=4]", "negative [3, n=5]", "disagree on axis 1", "(4 vs 5)"));
    return samples;
  }
}

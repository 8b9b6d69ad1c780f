package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.BceLogits;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Binary cross-entropy. */
final class BceLogitsEntries {
  /** Roundings of softplus (1.862 ulp) and of the logistic function (1.647 ulp). */
  private static final double SOFTPLUS = 3.73;

  private static final double SIGMOID = 3.3;

  private BceLogitsEntries() {}

  static List<Entry> all() {
    BceLogits plain = new BceLogits();
    return List.of(
        entry(plain), entry(plain.withWeights()), entry(plain.withReduction(Reduction.SUM)));
  }

  private static Entry entry(BceLogits op) {
    Loss loss = new Loss(op);
    return new Entry(
        op,
        (v, i) -> loss.value(v),
        new Precision((v, i) -> loss.bound(v), loss::gradientBound),
        samples(op));
  }

  /** The loss by index: all terms are positive. */
  private record Loss(BceLogits op) {
    private double on(OpValues v, int i) {
      return (op.weighted() ? v.in(2, i % v.shape(0).last()) : 1) * v.in(1, i);
    }

    private double off(OpValues v, int i) {
      return 1 - v.in(1, i);
    }

    private static double softplus(double x) {
      return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x) {
      double e = StrictMath.exp(-Math.abs(x));
      return (x > 0 ? 1 : e) / (1 + e);
    }

    private double factor(OpValues v) {
      return op.reduction().factor(v.shape(0).rows(), v.shape(0).last());
    }

    double value(OpValues v) {
      double sum = 0;
      for (int i = 0; i < v.shape(0).size(); i++) {
        sum += off(v, i) * softplus(v.in(0, i)) + on(v, i) * softplus(-v.in(0, i));
      }
      return factor(v) * sum;
    }

    /** Two functions, the loss of an example rounded, a sum, the rounded factor, a product. */
    double bound(OpValues v) {
      return ErrorBound.gamma(SOFTPLUS + 1 + ErrorBound.sum(v.shape(0).rows()) + 2) * v.out(0);
    }

    /** Of the functions, whose complements have no larger relative error; then one rounding. */
    double gradientBound(OpValues v, int operand, int i) {
      double x = v.in(0, i);
      double size =
          operand == 0
              ? ErrorBound.gamma(SIGMOID) * (off(v, i) * sigmoid(x) + on(v, i) * sigmoid(-x))
              : ErrorBound.gamma(SOFTPLUS) * (weight(v, i) * softplus(-x) + softplus(x));
      double scale = Math.abs(v.gradOut(0)) * factor(v);
      return 1.01 * (scale * size + ErrorBound.U * Math.abs(v.gradIn(operand, i)));
    }

    private double weight(OpValues v, int i) {
      return op.weighted() ? v.in(2, i % v.shape(0).last()) : 1;
    }
  }

  private static List<OpSample> samples(BceLogits op) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(2, 15_000)) {
      Shape shape = s.operands().get(0).shape();
      samples.add(sample(op, s.name(), shape));
    }
    Shape shape = Shape.of(3, 4);
    samples.add(sample(op, "labels", shape).values(1, i -> i % 3 == 0 ? 1 : 0).extreme());
    double[] sizes = {1e4, -1e4, 100, -100, 20, -20, 1e-3, -1e-3, 0, -0.0, 88, -88};
    samples.add(sample(op, "sure outputs", shape).values(0, i -> sizes[i]).extreme());
    samples.add(
        sample(op, "sure outputs and labels", shape)
            .values(0, i -> sizes[i])
            .values(1, i -> i % 3 == 0 ? 1 : 0)
            .extreme());
    samples.add(
        refused(op, "4 logits, 5 targets", shape, Shape.of(3, 5), Shape.of(4))
            .refused("logits [3, n=4]", "targets [3, n=5]", "disagree on axis 1", "(4 vs 5)"));
    if (op.weighted()) {
      samples.add(
          refused(op, "5 weights", shape, shape, Shape.of(5))
              .refused("logits [3, n=4]", "positive weights [n=5]", "disagree on n (4 vs 5)"));
      samples.add(
          refused(op, "a table of weights", shape, shape, shape)
              .refused("positive weights [3, 4]", "2 axes", "1 expected"));
    }
    return samples;
  }

  /** Targets from 0.05 to 0.95, weights 0, 1/2, … 2 in turn. */
  private static OpSample sample(BceLogits op, String name, Shape shape) {
    OpSample sample = refused(op, name, shape, shape, Shape.of(shape.last()));
    sample = sample.values(1, i -> (1 + i * 37 % 19) / 20.0);
    return op.weighted() ? sample.values(2, i -> (i + 1) % 5 / 2.0) : sample;
  }

  private static OpSample refused(
      BceLogits op, String name, Shape logits, Shape targets, Shape weights) {
    return op.weighted()
        ? OpSample.of(name, logits, targets, weights)
        : OpSample.of(name, logits, targets);
  }
}

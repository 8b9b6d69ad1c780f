package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.Focal;
import limbeck.engine.op.loss.MultiMargin;
import limbeck.engine.op.loss.NegativeLogLikelihood;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.Definition;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Losses of labels beside cross-entropy: of log-probabilities, by margins, focal. */
final class LabelLossEntries {
  private LabelLossEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (Reduction reduction : Reduction.values()) {
      entries.add(likelihood(new NegativeLogLikelihood(reduction)));
    }
    entries.add(margins(new MultiMargin()));
    entries.add(margins(new MultiMargin(0.3, Reduction.ELEMENT_MEAN)));
    entries.add(focal(new Focal(2)));
    entries.add(focal(new Focal(0.5, Reduction.SUM)));
    entries.add(focal(new Focal(0, Reduction.ELEMENT_MEAN)));
    return entries;
  }

  /** Of one number per example, from an index: its value, and how far float32 may be off. */
  private interface Example {
    Near of(OpValues v, int row);
  }

  private static double factor(Reduction reduction, OpValues v) {
    return reduction.factor(v.shape(0).rows(), v.shape(0).last());
  }

  private static Definition definition(Reduction reduction, Example example) {
    return (v, i) -> {
      double sum = 0;
      for (int row = 0; row < v.shape(0).rows(); row++) {
        sum += example.of(v, row).value();
      }
      return factor(reduction, v) * sum;
    };
  }

  /** The examples' errors; their sum, the rounded factor and its product. */
  private static double bound(Reduction reduction, Example example, OpValues v) {
    int rows = v.shape(0).rows();
    double errors = 0;
    double sizes = 0;
    for (int row = 0; row < rows; row++) {
      Near loss = example.of(v, row);
      errors += loss.error();
      sizes += Math.abs(loss.value()) + loss.error();
    }
    double roundings = ErrorBound.gamma(ErrorBound.sum(rows) + 3);
    return factor(reduction, v) * (errors + roundings * sizes);
  }

  private static Entry likelihood(NegativeLogLikelihood op) {
    Example example = (v, row) -> Near.exact(-v.in(0, label(v, row)));
    return new Entry(
        op,
        definition(op.reduction(), example),
        new Precision(
            (v, i) -> bound(op.reduction(), example, v), Precision.roundings(0, 2).backward()),
        samples());
  }

  /** The element of the label in an example's row. */
  private static int label(OpValues v, int row) {
    return row * v.shape(0).last() + (int) v.in(1, row);
  }

  private static Entry margins(MultiMargin op) {
    Example example =
        (v, row) -> {
          int n = v.shape(0).last();
          double sum = 0;
          for (int i = row * n; i < (row + 1) * n; i++) {
            double lacks = op.margin() - v.in(0, label(v, row)) + v.in(0, i);
            sum += i == label(v, row) || lacks <= 0 ? 0 : lacks;
          }
          return new Near(sum, ErrorBound.U * Math.abs(sum)); // of doubles, rounded once
        };
    // gradients: the rounded scale and a product; at the label a sum of ones, exact
    return new Entry(
        op,
        definition(op.reduction(), example),
        new Precision(
            (v, i) -> bound(op.reduction(), example, v), Precision.roundings(0, 3).backward()),
        samples());
  }

  /**
   * The loss changes with ln p by −q^γ + γ·q^(γ−1)·p·ln p, in magnitude at most 1 + γ/e for γ ≥ 1;
   * below 1 its second derivative grows where q is small, and float32 has ln p there with few
   * digits: so the loss is also computed at both ends of what ln p may be.
   */
  private static Entry focal(Focal op) {
    Naive.Cache cache = new Naive.Cache(0, 1);
    Example example =
        (v, row) -> {
          Naive rows = cache.rows(v);
          double log = rows.log[label(v, row)];
          double value = loss(op, log);
          double low = loss(op, log - rows.error[row]);
          double high = loss(op, Math.min(0, log + rows.error[row]));
          double error = Math.max(Math.abs(low - value), Math.abs(high - value));
          return new Near(value, error + ErrorBound.U * Math.abs(value));
        };
    return new Entry(
        op,
        definition(op.reduction(), example),
        new Precision(
            (v, i) -> bound(op.reduction(), example, v),
            (v, k, i) -> focalGradient(op, cache.rows(v), v, i)),
        samples());
  }

  private static double loss(Focal op, double log) {
    return -StrictMath.pow(-StrictMath.expm1(log), op.gamma()) * log;
  }

  /** dl / d ln p, without its sign. */
  private static double slope(Focal op, double log) {
    double q = -StrictMath.expm1(log);
    double p = StrictMath.exp(log);
    double hard = q == 0 ? 0 : StrictMath.pow(q, op.gamma() - 1) * p * log;
    return StrictMath.pow(q, op.gamma()) - op.gamma() * hard;
  }

  /**
   * slope · (p_j − [j = y]), at the label slope · q: the errors of both factors, and a few
   * roundings behind them.
   */
  private static double focalGradient(Focal op, Naive rows, OpValues v, int i) {
    int row = i / rows.n;
    double e = rows.error[row];
    double log = rows.log[label(v, row)];
    double slope = slope(op, log);
    double low = slope(op, log - e);
    double high = slope(op, Math.min(0, log + e));
    double off = Math.max(Math.abs(low - slope), Math.abs(high - slope));
    boolean own = i == label(v, row);
    double p = rows.probability(i);
    double part = own ? -StrictMath.expm1(log) : p;
    double partError = own ? StrictMath.exp(log) * e : p * (e + ErrorBound.gamma(ErrorBound.EXP));
    double scale = Math.abs(v.gradOut(0)) * factor(op.reduction(), v);
    double error = off * (part + partError) + (slope + off) * partError;
    return 1.01 * scale * (error + ErrorBound.gamma(4) * (slope + off) * (part + partError));
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 3000)) {
      Shape outputs = s.operands().get(0).shape();
      samples.add(
          OpSample.of(outputs.toString(), outputs, labels(outputs)).labels(1, outputs.last()));
    }
    Shape shape = Shape.of(4, 5);
    OpSample large = OpSample.of("+-1e4", shape, Shape.of(4)).labels(1, 5);
    samples.add(large.values(0, i -> i % 2 == 0 ? 1e4 : -1e4).extreme());
    samples.add(large.values(0, i -> i == 2 ? 40 : -40).extreme());
    samples.add(
        OpSample.of("3 rows, 4 labels", Shape.of(3, 5), Shape.of(4))
            .refused("[3, classes=5]", "labels [4]", "disagree on axis 0", "(3 vs 4)"));
    samples.add(
        OpSample.of("one-hot labels", Shape.of(3, 5), Shape.of(3, 5))
            .refused("labels [3, 5]", "2 axes", "1 expected"));
    return samples;
  }

  private static Shape labels(Shape outputs) {
    return outputs.without(-1);
  }
}

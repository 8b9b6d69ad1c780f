package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.loss.SoftCrossEntropy;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Cross-entropy against target distributions. */
final class SoftCrossEntropyEntries {
  private SoftCrossEntropyEntries() {}

  static List<Entry> all() {
    return List.of(
        entry(new SoftCrossEntropy()),
        entry(new SoftCrossEntropy(4)),
        entry(new SoftCrossEntropy(2, false, Reduction.SUM)));
  }

  /** The sum of losses, their rounded factor and its product. */
  static double bound(int examples, double factor, double losses, double errors) {
    double roundings = ErrorBound.gamma(ErrorBound.sum(examples) + 2);
    return 1.01 * factor * (errors + roundings * (losses + errors));
  }

  /** P·q − p, with P = Σp, the scale rounded, a product: q and p have the relative errors given. */
  static double logitsBound(
      OpValues v, double scale, double total, double q, double qError, double p, double pError) {
    double sum = ErrorBound.gamma(ErrorBound.sum(v.shape(0).last()) + 2) + pError;
    double error = total * q * (qError + sum) + p * pError + ErrorBound.U * Math.abs(total * q - p);
    return scale * error;
  }

  private static Entry entry(SoftCrossEntropy op) {
    Soft soft = new Soft(op, new Naive.Cache(0, op.temperature()));
    return new Entry(
        op,
        (v, i) -> soft.value(v),
        new Precision((v, i) -> soft.bound(v), soft::gradientBound),
        samples());
  }

  /** Cross-entropy by index. */
  private record Soft(SoftCrossEntropy op, Naive.Cache logs) {
    private double factor(OpValues v) {
      double t = op.temperatureSquared() ? op.temperature() * op.temperature() : 1;
      return t * op.reduction().factor(v.shape(0).rows(), v.shape(0).last());
    }

    double value(OpValues v) {
      Naive rows = logs.rows(v);
      double sum = 0;
      for (int i = 0; i < rows.log.length; i++) {
        sum -= v.in(1, i) == 0 ? 0 : v.in(1, i) * rows.log[i];
      }
      return factor(v) * sum;
    }

    /** Of each example: the errors of the logarithms, a dot product, the loss rounded. */
    double bound(OpValues v) {
      Naive rows = logs.rows(v);
      double roundings = ErrorBound.gamma(ErrorBound.sum(rows.n) + 1);
      double losses = 0;
      double errors = 0;
      for (int i = 0; i < rows.log.length; i++) {
        losses += v.in(1, i) * Math.abs(rows.log[i]);
        errors += v.in(1, i) * (rows.error(i) + roundings * Math.abs(rows.log[i]));
      }
      return SoftCrossEntropyEntries.bound(rows.error.length, factor(v), losses, errors);
    }

    double gradientBound(OpValues v, int operand, int i) {
      Naive rows = logs.rows(v);
      double scale = Math.abs(v.gradOut(0)) * factor(v);
      double rounded = ErrorBound.gamma(2) * Math.abs(v.gradIn(operand, i));
      if (operand == 1) {
        return 1.01 * (scale * rows.error(i) + rounded);
      }
      double total = 0;
      for (int j = i / rows.n * rows.n; j < (i / rows.n + 1) * rows.n; j++) {
        total += v.in(1, j);
      }
      double qError = rows.error(i) + ErrorBound.gamma(ErrorBound.EXP);
      double each = scale / op.temperature();
      double error = logitsBound(v, each, total, rows.probability(i), qError, v.in(1, i), 0);
      return 1.01 * (error + rounded);
    }
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(2, 3000)) {
      samples.add(s.values(1, SoftCrossEntropyEntries::probability));
    }
    Shape shape = Shape.of(3, 4);
    samples.add(extreme("logits of +-1e4").values(1, SoftCrossEntropyEntries::probability));
    samples.add(
        OpSample.of("one-hot targets", shape, shape).values(1, i -> i % 4 == i / 4 ? 1 : 0));
    samples.add(OpSample.of("targets of 0", shape, shape).values(1, i -> 0));
    samples.addAll(refused(false));
    return samples;
  }

  private static OpSample extreme(String name) {
    return OpSample.of(name, Shape.of(3, 4), Shape.of(3, 4))
        .values(0, i -> i % 2 == 0 ? 1e4 : -1e4)
        .extreme();
  }

  /** From 0.03 to 0.24: not normalised, as nothing asks for that. */
  static double probability(int i) {
    return 0.03 * (1 + i * 37 % 8);
  }

  static List<OpSample> refused(boolean masked) {
    Shape four = Shape.of(3, 4);
    Shape five = Shape.of(3, 5);
    OpSample classes =
        masked
            ? OpSample.of("targets of 5 classes", four, five, four)
            : OpSample.of("targets of 5 classes", four, five);
    return List.of(
        classes.refused(
            "logits [3, classes=4]", "targets [3, classes=5]", "disagree on axis 1", "(4 vs 5)"),
        OpSample.of("no targets", four).refused("operands", "1 given instead of"));
  }
}

package limbeck.engine.op;

import java.util.List;
import limbeck.engine.op.loss.CosineDistance;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Cosine distance. */
final class CosineDistanceEntries {
  private CosineDistanceEntries() {}

  static List<Entry> all() {
    return List.of(entry(new CosineDistance()), entry(new CosineDistance(1e-3, Reduction.SUM)));
  }

  private static Entry entry(CosineDistance op) {
    PerRun<Cosine> cosine = new PerRun<>(v -> new Cosine(op, v));
    return new Entry(
        op,
        (v, i) -> cosine.of(v).value(),
        new Precision(
            (v, i) -> cosine.of(v).bound(), (v, k, i) -> cosine.of(v).gradientBound(k, i)),
        samples());
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = LossEntries.samples();
    Shape shape = Shape.of(3, 17);
    samples.add(OpSample.of("equal", shape, shape).values(0, i -> i).values(1, i -> i));
    samples.add(OpSample.of("nearly parallel", shape, shape).values(1, i -> 1 + 1e-3 * (i % 3)));
    samples.add(
        OpSample.of("a row of zeros", shape, shape).values(0, i -> i < 17 ? 0 : i).extreme());
    samples.add(
        OpSample.of("sizes of 1e15", shape, shape).values(0, i -> 1e15 * (i % 7 - 3)).extreme());
    return samples;
  }

  /** One run by index. */
  private static final class Cosine {
    private final CosineDistance op;
    private final OpValues v;
    private final int n;

    /** 1/√(|x|² + ε) of both operands, by row. */
    private final double[][] scales;

    private final double[] losses;

    Cosine(CosineDistance op, OpValues v) {
      this.op = op;
      this.v = v;
      n = v.shape(0).last();
      int rows = v.shape(0).rows();
      scales = new double[2][rows];
      losses = new double[rows];
      for (int row = 0; row < rows; row++) {
        scales[0][row] = 1 / StrictMath.sqrt(dot(0, 0, row) + op.epsilon());
        scales[1][row] = 1 / StrictMath.sqrt(dot(1, 1, row) + op.epsilon());
        losses[row] = 1 - dot(0, 1, row) * scales[0][row] * scales[1][row];
      }
    }

    private double dot(int j, int k, int row) {
      double sum = 0;
      for (int i = row * n; i < (row + 1) * n; i++) {
        sum += v.in(j, i) * v.in(k, i);
      }
      return sum;
    }

    private double factor() {
      return op.reduction().factor(losses.length, n);
    }

    double value() {
      double sum = 0;
      for (double loss : losses) {
        sum += loss;
      }
      return factor() * sum;
    }

    /** Half the roundings of a dot product, for the root, and one to store it: of a and b. */
    private double scaleError() {
      return ErrorBound.gamma(ErrorBound.sum(n) / 2 + 1);
    }

    /** a·x or b·t. */
    private double direction(int k, int i) {
      return scales[k][i / n] * v.in(k, i);
    }

    private double difference(int i) {
      return Math.abs(direction(0, i) - direction(1, i));
    }

    /** Of u = a·x − b·t: a product by a rounded factor, an fma. */
    private double differenceError(int i) {
      double sizes = Math.abs(direction(0, i)) + Math.abs(direction(1, i));
      return (scaleError() + ErrorBound.U) * sizes + ErrorBound.U * difference(i);
    }

    /** ½·|u|² with errors of u; ε·a² and ε·b² with twice those of a and b; the loss rounded. */
    private double rowBound(int row) {
      double sum = ErrorBound.U * Math.abs(losses[row]);
      for (int i = row * n; i < (row + 1) * n; i++) {
        double u = difference(i);
        double e = differenceError(i);
        sum += u * e + e * e / 2 + ErrorBound.gamma(ErrorBound.sum(n)) * u * u / 2;
      }
      for (double[] scale : scales) {
        sum += op.epsilon() * scale[row] * scale[row] * scaleError();
      }
      return sum;
    }

    double bound() {
      double sum = 0;
      double errors = 0;
      for (int row = 0; row < losses.length; row++) {
        sum += Math.abs(losses[row]);
        errors += rowBound(row);
      }
      double roundings = ErrorBound.gamma(ErrorBound.sum(losses.length) + 2);
      return 1.01 * factor() * (errors + roundings * (sum + errors));
    }

    /** ±a·u − l·a²·x: factors of rounded a and l, each rounded; a product and an fma. */
    double gradientBound(int operand, int i) {
      int row = i / n;
      double a = scales[operand][row];
      double scale = Math.abs(v.gradOut(0)) * factor();
      double u = differenceError(i) + (scaleError() + ErrorBound.gamma(2)) * difference(i);
      double l = rowBound(row) + Math.abs(losses[row]) * (2 * scaleError() + ErrorBound.U);
      double errors = scale * a * (u + l * a * Math.abs(v.in(operand, i)));
      return 1.01 * (errors + ErrorBound.U * Math.abs(v.gradIn(operand, i)));
    }
  }
}

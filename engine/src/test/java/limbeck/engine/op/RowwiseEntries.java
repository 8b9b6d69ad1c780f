package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Softmax and its logarithm; directions. */
final class RowwiseEntries {
  private RowwiseEntries() {}

  static List<Entry> all() {
    return List.of(
        softmax(1),
        softmax(4),
        softmax(0.5),
        logSoftmax(1),
        logSoftmax(4),
        logSoftmax(0.5),
        normalize(1e-12),
        normalize(0));
  }

  private static Entry softmax(double temperature) {
    Naive.Cache cache = new Naive.Cache(0, temperature);
    return new Entry(
        new Softmax(temperature),
        (v, i) -> cache.rows(v).probability(i),
        new Precision(
            (v, i) -> softmaxError(v, temperature, i) * v.out(i),
            (v, k, i) -> softmaxGradient(v, temperature, i)),
        samples());
  }

  private static double softmaxError(OpValues v, double temperature, int i) {
    int n = v.shape().last();
    return ErrorBound.gamma(ErrorBound.softmax(n, largest(v, temperature, i / n * n, n)));
  }

  /**
   * y·(dy − ⟨y, dy⟩)/T: the error of y counts in the factor and in the inner product, which has its
   * own; then a subtraction, two products and the rounded factor.
   */
  private static double softmaxGradient(OpValues v, double temperature, int i) {
    int n = v.shape().last();
    int start = i / n * n;
    double inner = 0;
    for (int j = start; j < start + n; j++) {
      inner += v.out(j) * Math.abs(v.gradOut(j));
    }
    double roundings =
        2 * ErrorBound.softmax(n, largest(v, temperature, start, n)) + ErrorBound.sum(n) + 4;
    double size = v.out(i) * (Math.abs(v.gradOut(i)) + inner) / temperature;
    return ErrorBound.gamma(roundings) * size;
  }

  private static Entry logSoftmax(double temperature) {
    Naive.Cache cache = new Naive.Cache(0, temperature);
    return new Entry(
        new LogSoftmax(temperature),
        (v, i) -> cache.rows(v).log[i],
        new Precision(
            (v, i) -> cache.rows(v).error(i),
            (v, k, i) -> logSoftmaxGradient(v, cache.rows(v), temperature, i)),
        samples());
  }

  /**
   * (dy − e^y·Σ dy)/T: the error of y and of exp in e^y; that of the sum; two products, the rounded
   * factor and a sum.
   */
  private static double logSoftmaxGradient(OpValues v, Naive rows, double temperature, int i) {
    int start = i / rows.n * rows.n;
    double sum = 0;
    for (int j = start; j < start + rows.n; j++) {
      sum += Math.abs(v.gradOut(j));
    }
    double relative = rows.error(i) + ErrorBound.gamma(ErrorBound.EXP + ErrorBound.sum(rows.n) + 4);
    double size = Math.abs(v.gradOut(i)) + rows.probability(i) * sum;
    return 1.01 * relative * size / temperature; // 1.01: products of errors
  }

  private static Entry normalize(double epsilon) {
    return new Entry(
        new Normalize(epsilon),
        (v, i) -> {
          double length = length(v, i);
          return length <= epsilon ? 0 : v.in(0, i) / length;
        },
        new Precision(
            (v, i) -> ErrorBound.gamma(direction(v)) * Math.abs(v.out(i)),
            (v, k, i) -> directionGradient(v, i)),
        directions());
  }

  private static double length(OpValues v, int i) {
    int n = v.shape().last();
    double sum = 0;
    for (int j = i / n * n; j < i / n * n + n; j++) {
      sum += v.in(0, j) * v.in(0, j);
    }
    return StrictMath.sqrt(sum);
  }

  /** Half the roundings of a dot product, for the root; the rounded factor and a product. */
  private static double direction(OpValues v) {
    return ErrorBound.sum(v.shape().last()) / 2 + 2;
  }

  /**
   * (dy − ⟨y, dy⟩·y)/|x|: y counts in the inner product, which has its own roundings, and as a
   * factor of it; the length has half of those of a dot product, once in each term; two rounded
   * factors, a product and an fma.
   */
  private static double directionGradient(OpValues v, int i) {
    int n = v.shape().last();
    double length = length(v, i);
    double inner = 0;
    for (int j = i / n * n; j < i / n * n + n; j++) {
      inner += Math.abs(v.out(j) * v.gradOut(j));
    }
    double roundings = 2 * direction(v) + 1.5 * ErrorBound.sum(n) + 3;
    double size = Math.abs(v.gradOut(i)) + Math.abs(v.out(i)) * inner;
    return length == 0 ? 0 : ErrorBound.gamma(roundings) * size / length;
  }

  private static List<OpSample> directions() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 10_000)) {
      samples.add(s.operands().get(0).shape().rank() > 1 ? s.batched(0) : s);
    }
    samples.add(extreme("a row of zeros", i -> i < 5 ? 0 : i));
    samples.add(extreme("a row near the ends of the range", i -> i < 5 ? 1e-8 * i : 1e15 * i));
    samples.add(extreme("one number among zeros", i -> i % 5 == 2 ? -7 : 0));
    samples.add(OpSample.of("rows of nothing", Shape.of(3, 0)));
    samples.add(OpSample.of("no rows", Shape.of(0, 3)));
    samples.add(OpSample.of("a scalar", Shape.SCALAR).refused("x []", "at least 1 axes", "has 0"));
    return samples;
  }

  private static double largest(OpValues v, double temperature, int start, int n) {
    double largest = 0;
    for (int j = start; j < start + n; j++) {
      largest = Math.max(largest, Math.abs(v.in(0, j)) / temperature);
    }
    return largest;
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(1, 10_000)) {
      samples.add(s.operands().get(0).shape().rank() > 1 ? s.batched(0) : s);
    }
    samples.add(extreme("one logit of 1e4", i -> i % 5 == 2 ? 1e4 : 0));
    samples.add(extreme("logits of +-1e4", i -> i % 2 == 0 ? 1e4 : -1e4));
    samples.add(extreme("all -1e4", i -> -1e4));
    samples.add(extreme("zeros", i -> 0));
    samples.add(OpSample.of("no classes", Shape.of(3, 0)));
    samples.add(OpSample.of("no rows", Shape.of(0, 3)));
    samples.add(OpSample.of("a scalar", Shape.SCALAR).refused("x []", "at least 1 axes", "has 0"));
    return samples;
  }

  private static OpSample extreme(String name, IntToDoubleFunction values) {
    return OpSample.of(name, Shape.of(3, 5)).values(0, values).extreme();
  }
}

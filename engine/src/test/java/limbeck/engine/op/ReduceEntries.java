package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.reduce.L1Norm;
import limbeck.engine.op.reduce.L2Norm;
import limbeck.engine.op.reduce.LogSumExp;
import limbeck.engine.op.reduce.Max;
import limbeck.engine.op.reduce.Mean;
import limbeck.engine.op.reduce.Min;
import limbeck.engine.op.reduce.Prod;
import limbeck.engine.op.reduce.ReduceOp;
import limbeck.engine.op.reduce.Sum;
import limbeck.engine.op.reduce.Variance;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Sums, means, maxima and the like over axes. */
final class ReduceEntries {
  private static final double U = ErrorBound.U;

  /** For products of errors that are small both. */
  private static final double MORE = 1.01;

  private ReduceEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (List<Integer> axes :
        List.of(
            List.<Integer>of(),
            List.of(-1),
            List.of(1),
            List.of(0),
            List.of(0, 2),
            List.of(-2, 1),
            List.of(2, 0, 1))) {
      boolean keep = axes.contains(1);
      entries.add(sum(new Sum(axes, keep)));
      entries.add(mean(new Mean(axes, keep)));
      entries.add(max(new Max(axes, keep)));
      entries.add(min(new Min(axes, keep)));
      entries.add(prod(new Prod(axes, keep)));
      entries.add(l1Norm(new L1Norm(axes, keep)));
      entries.add(l2Norm(new L2Norm(axes, keep)));
      entries.add(logSumExp(new LogSumExp(axes, keep)));
      entries.add(variance(new Variance(axes, keep, axes.size() % 2)));
    }
    return entries;
  }

  private static Entry sum(Sum op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = samples(op);
    samples.addAll(empty(op));
    return new Entry(
        op,
        (v, i) -> cache.rows(v).sum[i],
        new Precision(
            (v, i) -> ErrorBound.gamma(ErrorBound.sum(cache.rows(v).n)) * cache.rows(v).size[i],
            (v, k, i) -> 0),
        samples);
  }

  /** The reciprocal is rounded, then the product; the gradient is one rounded quotient. */
  private static Entry mean(Mean op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    return new Entry(
        op,
        (v, i) -> cache.rows(v).sum[i] / cache.rows(v).n,
        new Precision(
            (v, i) -> {
              ReduceRows rows = cache.rows(v);
              return ErrorBound.gamma(ErrorBound.sum(rows.n) + 2) * rows.size[i] / rows.n;
            },
            Precision.roundings(0, 1).backward()),
        refusingEmpty(op, samples(op)));
  }

  private static Entry max(Max op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    return new Entry(
        op,
        (v, i) -> cache.rows(v).max[i],
        Precision.roundings(0, 0),
        refusingEmpty(op, withoutTies(op)));
  }

  private static Entry min(Min op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    return new Entry(
        op,
        (v, i) -> cache.rows(v).min[i],
        Precision.roundings(0, 0),
        refusingEmpty(op, withoutTies(op)));
  }

  /** Away from ties, in an order that no loop follows. */
  private static List<OpSample> withoutTies(ReduceOp op) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : samples(op)) {
      int n = s.operands().get(0).shape().size();
      samples.add(s.values(0, i -> 4.0 * (i * 7919L % Math.max(1, n)) / n - 2));
      samples.add(s.values(0, i -> i % 3).extreme());
    }
    return samples;
  }

  /** Factors of both signs around 1, so that products of many have a size; and zeros. */
  private static Entry prod(Prod op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : samples(op)) {
      samples.add(
          s.values(0, i -> (i % 3 == 0 ? -1 : 1) * (0.9 + 0.2 * (i * 7919L % 1009) / 1009)));
      samples.add(s.values(0, i -> i % 7 == 3 ? 0 : 1 + i % 2).extreme());
    }
    samples.addAll(empty(op));
    return new Entry(
        op, (v, i) -> cache.rows(v).product[i], Precision.roundings(1.01, 1.01), samples);
  }

  /** The gradient is dy with a sign. */
  private static Entry l1Norm(L1Norm op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = apartFromZero(op);
    samples.addAll(empty(op));
    return new Entry(
        op,
        (v, i) -> cache.rows(v).size[i],
        new Precision(
            (v, i) -> ErrorBound.gamma(ErrorBound.sum(cache.rows(v).n)) * v.out(i), (v, k, i) -> 0),
        samples);
  }

  /** Half of the sum's error, and the root; of the gradient that of y, a quotient, a product. */
  private static Entry l2Norm(L2Norm op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = apartFromZero(op);
    samples.addAll(empty(op));
    return new Entry(
        op,
        (v, i) -> cache.rows(v).length[i],
        new Precision(
            (v, i) -> lengthError(cache.rows(v).n) * v.out(i),
            (v, k, i) -> (lengthError(cache.rows(v).n) + 2 * U) * MORE * Math.abs(v.gradIn(0, i))),
        samples);
  }

  private static double lengthError(int n) {
    return MORE * (ErrorBound.gamma(ErrorBound.sum(n) + 1) / 2 + U);
  }

  /** Small, so that differences of sums of many keep enough places. */
  private static List<OpSample> apartFromZero(ReduceOp op) {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : samples(op)) {
      samples.add(s.values(0, i -> (i % 3 == 0 ? -1 : 1) * (0.01 + (i * 7919L % 1009) / 20e3)));
      if (s.operands().get(0).shape().size() < 500) { // differences of large sums tell little
        samples.add(s.values(0, i -> i % 3 == 0 ? 1e4 : -1e-4).extreme());
      }
    }
    return samples;
  }

  /**
   * dy·e^(x − y): the error of y and the rounding of x − y make a relative one of the exponential,
   * which has its own; then a product.
   */
  private static Entry logSumExp(LogSumExp op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = samples(op);
    for (OpSample s : samples(op).subList(0, 3)) {
      samples.add(s.values(0, i -> i % 2 == 0 ? 1e4 : -1e4).extreme());
      samples.add(s.values(0, i -> -1e4).extreme());
    }
    return new Entry(
        op,
        (v, i) -> cache.rows(v).logSumExp[i],
        new Precision(
            (v, i) -> cache.rows(v).logSumExpError(i),
            (v, k, i) -> {
              ReduceRows rows = cache.rows(v);
              int row = rows.rowOf[i];
              double exponent =
                  rows.logSumExpError(row) + U * Math.abs(v.in(0, i) - rows.logSumExp[row]);
              double relative = exponent + ErrorBound.gamma(ErrorBound.EXP + 1);
              return MORE * relative * Math.abs(v.gradIn(0, i));
            }),
        refusingEmpty(op, samples));
  }

  /**
   * Around a mean that is off by δ the squares sum up to n·δ² more. Differences are rounded, which
   * counts twice in their squares; then the sum and a quotient. The gradient: δ and the rounding of
   * a difference, a rounded factor and a product.
   */
  private static Entry variance(Variance op) {
    ReduceRows.Cache cache = new ReduceRows.Cache(op.axes());
    List<OpSample> samples = samples(op);
    samples.removeIf(s -> s.refusal().isEmpty() && terms(op, s) < 1 + op.correction());
    for (OpSample s : samples(op).subList(1, 3)) {
      samples.add(s.values(0, i -> 1e4).extreme());
      samples.add(s.values(0, i -> 100 + i % 5).extreme());
    }
    if (op.axes().equals(List.of(-1))) {
      samples.add(
          OpSample.of("one of a sample", Shape.of(5, 1)).refused("x [5, 1]", "1 elements", "2"));
    }
    return new Entry(
        op,
        (v, i) -> cache.rows(v).squares[i] / (cache.rows(v).n - op.correction()),
        new Precision(
            (v, i) -> {
              ReduceRows rows = cache.rows(v);
              double more = rows.n * rows.meanError(i) * rows.meanError(i);
              double roundings = ErrorBound.gamma(ErrorBound.sum(rows.n) + 3);
              return MORE
                  * (more + roundings * (rows.squares[i] + more))
                  / (rows.n - op.correction());
            },
            (v, k, i) -> {
              ReduceRows rows = cache.rows(v);
              double delta = rows.meanError(rows.rowOf[i]);
              double difference = Math.abs(rows.difference(i));
              double error = delta + ErrorBound.gamma(3) * (difference + delta);
              double factor = 2.0 / (rows.n - op.correction());
              return MORE * factor * error * Math.abs(v.gradOut(rows.rowOf[i]));
            }),
        refusingEmpty(op, samples));
  }

  private static int terms(ReduceOp op, OpSample sample) {
    Shape x = sample.operands().get(0).shape();
    Shape y = new Sum(op.axes(), false).infer(x);
    return y.size() == 0 ? Integer.MAX_VALUE : x.size() / y.size();
  }

  /** Few and many sums, short and long ones, next to each other or not; and what is refused. */
  private static List<OpSample> samples(ReduceOp op) {
    List<OpSample> samples = new ArrayList<>();
    switch (op.axes().toString()) {
      case "[]" -> {
        for (int n : new int[] {2, 15, 16, 17, 31, 33, 100, 4095, 4096, 4097, 9000, 1}) {
          samples.add(sample(n));
        }
        samples.add(sample(3, 5));
        samples.add(sample(5, 3, 1));
        samples.add(sample());
      }
      case "[-1]" -> {
        for (int n : new int[] {2, 15, 16, 17, 31, 33, 100, 1}) {
          samples.add(sample(5, n).batched(0));
        }
        samples.add(sample(33));
        samples.add(sample(2, 3, 5).batched(0));
        samples.add(sample(6000, 60));
        samples.add(sample(2, 9000));
        samples.add(sample(0, 3));
        samples.add(OpSample.of("a scalar", Shape.SCALAR).refused("x []", "has no axis -1"));
      }
      case "[1]" -> {
        samples.add(sample(3, 4, 5).batched(0));
        samples.add(sample(4, 17, 33).batched(0));
        samples.add(sample(5, 2, 16).batched(0));
        samples.add(sample(2, 15, 17).batched(0));
        samples.add(sample(5, 4, 1).batched(0));
        samples.add(sample(2, 8200, 16));
        samples.add(sample(2, 40, 700));
        samples.add(sample(5, 100));
        samples.add(sample(300, 32, 40));
        samples.add(sample(0, 4, 16));
        samples.add(sample(3, 4, 0));
        samples.add(OpSample.of("one axis", Shape.of(3)).refused("x [3]", "has no axis 1"));
      }
      case "[0]" -> {
        samples.add(sample(3, 33));
        samples.add(sample(100, 15));
        samples.add(sample(33, 2, 8));
        samples.add(sample(16));
        samples.add(sample(4100, 20));
        samples.add(sample(2, 200_001));
      }
      case "[0, 2]" -> {
        samples.add(sample(3, 4, 5));
        samples.add(sample(5, 7, 33));
        samples.add(sample(2, 3, 4, 17));
        samples.add(sample(2, 1, 3));
        samples.add(sample(64, 20, 300));
      }
      case "[-2, 1]" -> {
        samples.add(sample(3, 2, 4, 5).batched(0));
        samples.add(sample(2, 5, 7, 33).batched(0));
        samples.add(sample(4, 20, 30, 100).batched(0));
        samples.add(
            OpSample.of("an axis twice", Shape.of(2, 3, 4))
                .refused("axes [-2, 1]", "x [2, 3, 4]", "twice"));
      }
      default -> {
        samples.add(sample(3, 4, 5));
        samples.add(sample(2, 3, 2, 5));
        samples.add(sample(2, 3, 4, 33));
      }
    }
    samples.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    return samples;
  }

  private static OpSample sample(int... axes) {
    return OpSample.of(Shape.of(axes).toString(), Shape.of(axes));
  }

  /** Rows without elements, where there are some. */
  private static List<OpSample> empty(ReduceOp op) {
    return switch (op.axes().toString()) {
      case "[]" -> List.of(sample(0), sample(3, 0));
      case "[-1]" -> List.of(sample(4, 0), sample(0, 0));
      case "[1]" -> List.of(sample(4, 0, 3), sample(0, 0));
      default -> List.of();
    };
  }

  private static List<OpSample> refusingEmpty(ReduceOp op, List<OpSample> samples) {
    for (OpSample s : empty(op)) {
      String x = "x " + s.operands().get(0).shape();
      samples.add(s.refused(x, "0 elements", "over axes " + op.axes()));
    }
    return samples;
  }
}

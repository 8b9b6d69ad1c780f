package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Softmax and its logarithm over what a mask keeps. */
final class MaskedEntries {
  private static final Shape SCORES = Shape.of(2, 3, 4, 17);

  private MaskedEntries() {}

  static List<Entry> all() {
    return List.of(softmax(1), softmax(4), logSoftmax(1), logSoftmax(0.5));
  }

  /** As for {@link Softmax}: what is left out adds zeros to a sum, without a rounding. */
  private static Entry softmax(double temperature) {
    Naive.Cache cache = new Naive.Cache(0, temperature, 1);
    return new Entry(
        new MaskedSoftmax(temperature),
        (v, i) -> cache.rows(v).probability(i),
        new Precision(
            (v, i) -> relative(cache.rows(v), i) * v.out(i),
            (v, k, i) -> softmaxGradient(v, cache.rows(v), i) / temperature),
        samples());
  }

  private static double relative(Naive rows, int i) {
    return ErrorBound.gamma(ErrorBound.softmax(rows.n, rows.largest[i / rows.n]));
  }

  /** As in {@link RowwiseEntries}; dy does not count where the probability is 0. */
  private static double softmaxGradient(OpValues v, Naive rows, int i) {
    int start = i / rows.n * rows.n;
    double inner = 0;
    for (int j = start; j < start + rows.n; j++) {
      inner += v.out(j) * Math.abs(v.gradOut(j));
    }
    double roundings = 2 * ErrorBound.softmax(rows.n, rows.largest[i / rows.n]);
    roundings += ErrorBound.sum(rows.n) + 4;
    return ErrorBound.gamma(roundings) * v.out(i) * (Math.abs(v.gradOut(i)) + inner);
  }

  private static Entry logSoftmax(double temperature) {
    Naive.Cache cache = new Naive.Cache(0, temperature, 1);
    return new Entry(
        new MaskedLogSoftmax(temperature),
        (v, i) -> cache.rows(v).log[i],
        new Precision(
            (v, i) -> cache.rows(v).error(i),
            (v, k, i) -> logSoftmaxGradient(v, cache.rows(v), i) / temperature),
        samples());
  }

  /** As in {@link RowwiseEntries}, over the kept elements. */
  private static double logSoftmaxGradient(OpValues v, Naive rows, int i) {
    int start = i / rows.n * rows.n;
    double sum = 0;
    for (int j = start; j < start + rows.n; j++) {
      sum += rows.keeps(j) ? Math.abs(v.gradOut(j)) : 0;
    }
    double relative = rows.error(i) + ErrorBound.gamma(ErrorBound.EXP + ErrorBound.sum(rows.n) + 4);
    double size = Math.abs(v.gradOut(i)) + rows.probability(i) * sum;
    return rows.keeps(i) ? 1.01 * relative * size : 0; // 1.01: products of errors
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    for (OpSample s : Sizes.rows(2, 10_000)) {
      Shape shape = s.operands().get(0).shape();
      OpSample masked = s.labels(1, 2);
      samples.add(shape.rank() > 1 ? masked.batched(0, 1) : masked);
    }
    samples.add(masked("padding of keys", SCORES, Shape.of(2, 1, 1, 17)).batched(0, 1));
    samples.add(masked("a mask of queries and keys", SCORES, Shape.of(4, 17)).batched(0));
    samples.add(masked("a mask per head", SCORES, Shape.of(3, 1, 17)).batched(0));
    samples.add(masked("whole rows", SCORES, Shape.of(2, 1, 4, 1)).batched(0, 1));
    samples.add(masked("a row", SCORES, Shape.of(17)).batched(0));
    samples.add(
        masked("causal", Shape.of(3, 20, 20), Shape.of(20, 20))
            .values(1, i -> i % 20 <= i / 20 ? 1 : 0)
            .batched(0));
    samples.add(masked("nothing left out", SCORES, SCORES).values(1, i -> 1).batched(0, 1));
    samples.add(masked("nothing kept", SCORES, SCORES).values(1, i -> 0).batched(0, 1));
    samples.add(masked("flags of any size", SCORES, SCORES).values(1, i -> i % 3 - 1));
    samples.add(extreme("one logit of 1e4", i -> i % 5 == 2 ? 1e4 : 0));
    samples.add(extreme("logits of +-1e4", i -> i % 2 == 0 ? 1e4 : -1e4));
    samples.add(extreme("all -1e4", i -> -1e4));
    samples.add(masked("no classes", Shape.of(3, 0), Shape.of(3, 0)));
    samples.add(masked("no rows", Shape.of(0, 3), Shape.of(3)));
    samples.add(
        OpSample.of("a scalar", Shape.SCALAR, Shape.SCALAR)
            .refused("x []", "at least 1 axes", "has 0"));
    samples.add(
        OpSample.of("5 and 4 classes", Shape.of(2, 5), Shape.of(2, 4))
            .refused("x [2, classes=5]", "mask [2, classes=4]", "disagree on axis 1", "(5 vs 4)"));
    samples.add(
        OpSample.of("3 and 2 rows", Shape.of(4, 3, 5), Shape.of(2, 5))
            .refused("x [4, 3, classes=5]", "mask [2, classes=5]", "axis 1", "(3 vs 2)"));
    samples.add(
        OpSample.of("too many axes", Shape.of(3, 5), Shape.of(1, 3, 5))
            .refused("mask [1, 3, classes=5]", "3 axes", "2 expected"));
    return samples;
  }

  private static OpSample masked(String name, Shape x, Shape mask) {
    return OpSample.of(name, x, mask).labels(1, 2);
  }

  private static OpSample extreme(String name, IntToDoubleFunction values) {
    return masked(name, Shape.of(3, 5), Shape.of(3, 5)).values(0, values).extreme();
  }
}

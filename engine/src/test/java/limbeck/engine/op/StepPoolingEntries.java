package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.MaxSteps;
import limbeck.engine.op.nn.MeanSteps;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** A vector of each sequence's valid steps: their mean, their largest values. */
final class StepPoolingEntries {
  private StepPoolingEntries() {}

  static List<Entry> all() {
    return List.of(mean(), max());
  }

  /** The sum's roundings, of the reciprocal and the product; gradients: of the latter two. */
  private static Entry mean() {
    return new Entry(
        new MeanSteps(),
        (v, i) -> sum(v, i, false) / Math.max(1, length(v, i)),
        new Precision(
            (v, i) ->
                length(v, i) == 0
                    ? 0
                    : ErrorBound.gamma(length(v, i) + 1) * sum(v, i, true) / length(v, i),
            roundings(0, 2).backward()),
        samples(1));
  }

  /** Away from ties, in an order that no loop follows, and with ties. */
  private static Entry max() {
    List<OpSample> samples = samples(2);
    for (OpSample s : samples(2).subList(0, 3)) {
      int n = s.operands().get(0).shape().size();
      samples.add(s.values(0, i -> 4.0 * (i * 7919L % n) / n - 2));
      samples.add(s.values(0, i -> i % 3).extreme());
    }
    return new Entry(new MaxSteps(), (v, i) -> largest(v, i), roundings(0, 0), samples);
  }

  private static int length(OpValues v, int i) {
    return (int) v.in(1, i / v.shape().last());
  }

  private static double at(OpValues v, int i, int step) {
    int n = v.shape().last();
    return v.in(0, (i / n * v.shape(0).axis(1) + step) * n + i % n);
  }

  private static double sum(OpValues v, int i, boolean sizes) {
    double sum = 0;
    for (int t = 0; t < length(v, i); t++) {
      sum += sizes ? Math.abs(at(v, i, t)) : at(v, i, t);
    }
    return sum;
  }

  private static double largest(OpValues v, int i) {
    double max = length(v, i) == 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (int t = 0; t < length(v, i); t++) {
      max = Math.max(max, at(v, i, t));
    }
    return max;
  }

  private static List<OpSample> samples(int seed) {
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(1, 1, 1).batched(0, 1));
    samples.add(sample(5, 4, 17).batched(0, 1));
    samples.add(sample(9, 2 + seed, 33).batched(0, 1));
    samples.add(sample(0, 2, 3));
    samples.add(sample(3, 0, 3));
    samples.add(sample(3, 2, 0));
    samples.add(sample(1_500, 3, 50)); // several chunks
    samples.add(refused(Shape.of(2, 3), Shape.of(2), "x [2, 3]", "has 2 axes, 3 expected"));
    samples.add(
        refused(Shape.of(2, 3, 4), Shape.of(2, 1), "lengths [2, 1]", "has 2 axes, 1 expected"));
    samples.add(
        refused(
            Shape.of(2, 3, 4), Shape.of(3), "x [batch=2,", "lengths [batch=3]", "batch (2 vs 3)"));
    samples.add(OpSample.of("one operand", Shape.of(2, 3, 4)).refused("1 given"));
    return samples;
  }

  private static OpSample sample(int batch, int time, int width) {
    String name = batch + " x " + time + " x " + width;
    return OpSample.of(name, Shape.of(batch, time, width), Shape.of(batch)).labels(1, time + 1);
  }

  private static OpSample refused(Shape x, Shape lengths, String... texts) {
    return OpSample.of(x + " with " + lengths, x, lengths).refused(texts);
  }
}

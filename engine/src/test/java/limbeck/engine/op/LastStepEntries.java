package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.LastStep;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;

/** The last valid step of a sequence: exact. */
final class LastStepEntries {
  private LastStepEntries() {}

  static List<Entry> all() {
    return List.of(
        new Entry(
            new LastStep(),
            (v, i) -> {
              int n = v.shape().last();
              int length = (int) v.in(1, i / n);
              int row = i / n * v.shape(0).axis(1) + length - 1;
              return length == 0 ? 0 : v.in(0, row * n + i % n);
            },
            roundings(0, 0),
            samples()));
  }

  private static List<OpSample> samples() {
    List<OpSample> samples = new ArrayList<>();
    samples.add(sample(1, 1, 1).batched(0, 1));
    samples.add(sample(5, 4, 17).batched(0, 1));
    samples.add(sample(9, 2, 33).batched(0, 1));
    samples.add(sample(0, 2, 3));
    samples.add(sample(3, 0, 3));
    samples.add(sample(3, 2, 0));
    samples.add(sample(2_000, 3, 100)); // several chunks
    samples.add(
        OpSample.of("two axes", Shape.of(2, 3), Shape.of(2))
            .refused("x [2, 3]", "has 2 axes, 3 expected"));
    samples.add(
        OpSample.of("lengths of two axes", Shape.of(2, 3, 4), Shape.of(2, 1))
            .refused("lengths [2, 1]", "has 2 axes, 1 expected"));
    samples.add(
        OpSample.of("another batch", Shape.of(2, 3, 4), Shape.of(3))
            .refused("x [batch=2,", "lengths [batch=3]", "batch (2 vs 3)"));
    return samples;
  }

  private static OpSample sample(int batch, int time, int width) {
    return OpSample.of(
            batch + " x " + time + " x " + width, Shape.of(batch, time, width), Shape.of(batch))
        .labels(1, time + 1);
  }
}

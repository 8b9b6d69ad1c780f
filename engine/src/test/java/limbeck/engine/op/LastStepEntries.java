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
    return List.of(entry(new LastStep()), entry(new LastStep(true)));
  }

  private static Entry entry(LastStep op) {
    return new Entry(
        op,
        (v, i) -> {
          int n = v.shape().last();
          int length = (int) v.in(1, i / n);
          int row = i / n * v.shape(0).axis(1) + length - 1;
          if (length == 0) {
            return op.initial() ? v.in(2, i) : 0;
          }
          return v.in(0, row * n + i % n);
        },
        roundings(0, 0),
        samples(op));
  }

  private static List<OpSample> samples(LastStep op) {
    List<OpSample> samples = new ArrayList<>();
    samples.add(batched(op, sample(op, 1, 1, 1)));
    samples.add(batched(op, sample(op, 5, 4, 17)));
    samples.add(batched(op, sample(op, 9, 2, 33)));
    samples.add(sample(op, 0, 2, 3));
    samples.add(sample(op, 3, 0, 3));
    samples.add(sample(op, 3, 2, 0));
    samples.add(sample(op, 3_000, 2, 100)); // several chunks of 2,621 examples at most
    samples.add(refused(op, Shape.of(2, 3), Shape.of(2), "x [2, 3]", "has 2 axes, 3 expected"));
    samples.add(
        refused(op, Shape.of(2, 3, 4), Shape.of(2, 1), "lengths [2, 1]", "has 2 axes, 1 expected"));
    samples.add(
        refused(
            op,
            Shape.of(2, 3, 4),
            Shape.of(3),
            "x [batch=2,",
            "lengths [batch=3]",
            "batch (2 vs 3)"));
    if (op.initial()) {
      samples.add(refusedInitial(Shape.of(4), "initial [4]", "has 1 axes, 2 expected"));
      samples.add(refusedInitial(Shape.of(3, 4), "initial [batch=3, width=4]", "(2 vs 3)"));
      samples.add(refusedInitial(Shape.of(2, 5), "initial [batch=2, width=5]", "(4 vs 5)"));
    }
    samples.add(OpSample.of("one operand", Shape.of(2, 3, 4)).refused("1 given"));
    return samples;
  }

  private static OpSample sample(LastStep op, int batch, int time, int width) {
    String name = batch + " x " + time + " x " + width;
    Shape x = Shape.of(batch, time, width);
    return of(op, name, x, Shape.of(batch), Shape.of(batch, width)).labels(1, time + 1);
  }

  private static OpSample of(LastStep op, String name, Shape x, Shape lengths, Shape initial) {
    return op.initial() ? OpSample.of(name, x, lengths, initial) : OpSample.of(name, x, lengths);
  }

  private static OpSample batched(LastStep op, OpSample sample) {
    return op.initial() ? sample.batched(0, 1, 2) : sample.batched(0, 1);
  }

  private static OpSample refused(LastStep op, Shape x, Shape lengths, String... texts) {
    return of(op, x + " with " + lengths, x, lengths, Shape.of(2, 4)).refused(texts);
  }

  private static OpSample refusedInitial(Shape initial, String... texts) {
    return OpSample.of("initial " + initial, Shape.of(2, 3, 4), Shape.of(2), initial)
        .refused(texts);
  }
}

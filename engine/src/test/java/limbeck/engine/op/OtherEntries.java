package limbeck.engine.op;

import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.random.Philox;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;

/** Dropout and reshape. */
final class OtherEntries {
  private OtherEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (double rate : new double[] {0, 0.2, 0.5, 0.99}) {
      entries.add(dropout(rate));
    }
    entries.add(reshape(Reshape.to(0, -1), Shape.of(3, 2, 5), Shape.of(1, 17), Shape.of(0, 3)));
    entries.add(reshape(Reshape.to(-1, 4), Shape.of(3, 2, 4), Shape.of(100)));
    entries.add(reshape(Reshape.to(0, 2, -1), Shape.of(3, 10), Shape.of(70_000, 10)));
    entries.add(reshape(Reshape.to(), Shape.of(1, 1)));
    return entries;
  }

  /** The mask is the same floats in both types; one product. */
  private static Entry dropout(double rate) {
    long seed = 42;
    long stream = 7;
    Philox random = new Philox(seed, stream);
    long below = Math.round(rate * 65536);
    double keep = (float) (1 / (1 - below / 65536.0));
    List<OpSample> samples = new ArrayList<>();
    for (int n : new int[] {1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 100_003}) {
      samples.add(OpSample.of("[" + n + "]", Shape.of(n)));
    }
    samples.add(OpSample.of("[3, 5]", Shape.of(3, 5)));
    samples.add(OpSample.of("empty", Shape.of(0)));
    samples.add(
        OpSample.of("two operands", Shape.of(3), Shape.of(3)).refused("[x]", "2 given", "of 1"));
    return new Entry(
        new Dropout(rate, seed, stream),
        (v, i) -> v.in(0, i) * ((random.bits(i / 2) >>> 16 * (i % 2) & 0xFFFF) < below ? 0 : keep),
        roundings(1, 1),
        samples);
  }

  private static Entry reshape(Reshape op, Shape... shapes) {
    List<OpSample> samples = new ArrayList<>();
    for (Shape shape : shapes) {
      samples.add(OpSample.of(shape.toString(), shape));
    }
    samples.add(
        OpSample.of("no fit", Shape.of(7, 3), Shape.of(1)).refused("[x]", "2 given", "of 1"));
    if (op.axes().contains(4)) {
      samples.add(
          OpSample.of("21 elements", Shape.of(7, 3))
              .refused("x [7, 3]", "21 elements", "axes [-1, 4]"));
    }
    return new Entry(op, (v, i) -> v.in(0, i), roundings(0, 0), samples);
  }
}

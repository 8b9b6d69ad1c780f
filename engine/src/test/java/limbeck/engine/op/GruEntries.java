package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.Gru;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Layers of gated recurrent units: definition and bounds are those of {@link NaiveGru}. */
final class GruEntries {
  /** batch, time, in, hidden */
  private static final int[][] SIZES = {
    {1, 1, 1, 1},
    {3, 5, 4, 2},
    {2, 3, 15, 16},
    {9, 2, 3, 17},
    {17, 3, 5, 4},
    {0, 3, 2, 2},
    {2, 0, 3, 2},
    {2, 3, 0, 2}
  };

  private GruEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (boolean reverse : new boolean[] {false, true}) {
      entries.add(entry(new Gru(reverse)));
      entries.add(entry(new Gru(reverse, true, false)));
      entries.add(entry(new Gru(reverse, true, true)));
    }
    entries.add(entry(new Gru(false, false, true)));
    return entries;
  }

  private static Entry entry(Gru op) {
    NaiveGru.Cache naive = new NaiveGru.Cache(op);
    return new Entry(
        op,
        (v, i) -> naive.of(v).result(i).value(),
        new Precision(
            (v, i) -> naive.of(v).result(i).error(),
            (v, k, i) -> naive.of(v).gradient(k, i).error()),
        samples(op));
  }

  private static List<OpSample> samples(Gru op) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      OpSample sample = sample(op, s[0], s[1], s[2], s[3]);
      samples.add(s[0] > 0 ? batched(sample) : sample);
    }
    samples.add(sample(op, 20, 4, 20, 64)); // several blocks, each a chunk
    samples.add(
        sample(op, 3, 4, 5, 3).values(0, i -> i % 3 == 0 ? -1e4 : 1e4).extreme()); // saturated
    samples.addAll(refusals(op));
    return samples;
  }

  private static OpSample sample(Gru op, int batch, int time, int in, int hidden) {
    List<Shape> shapes =
        new ArrayList<>(
            List.of(
                Shape.of(batch, time, in),
                Shape.of(3 * hidden, in),
                Shape.of(3 * hidden, hidden),
                Shape.of(3 * hidden),
                Shape.of(3 * hidden)));
    if (op.lengths()) {
      shapes.add(Shape.of(batch));
    }
    if (op.initial()) {
      shapes.add(Shape.of(batch, hidden));
    }
    String name = batch + " x " + time + ", " + in + " to " + hidden;
    OpSample sample = OpSample.of(name, shapes.toArray(Shape[]::new));
    return op.lengths() ? sample.labels(5, time + 1) : sample;
  }

  private static OpSample batched(OpSample sample) {
    OpSample batched = sample.batched(0);
    for (int k = 5; k < sample.operands().size(); k++) {
      batched = batched.batched(k);
    }
    return batched;
  }

  private static List<OpSample> refusals(Gru op) {
    List<OpSample> samples = new ArrayList<>();
    OpSample right = sample(op, 2, 3, 4, 5);
    samples.add(right.with(0, Shape.of(3, 4)).refused("x [3, 4]", "has 2 axes, 3 expected"));
    samples.add(
        right.with(1, Shape.of(15, 6)).refused("in=4", "weightIh [gates=15, in=6]", "4 vs 6"));
    samples.add(
        right
            .with(2, Shape.of(15, 6))
            .refused("weightHh [gates=15, hidden=6]", "not three gates for each"));
    samples.add(right.with(1, Shape.of(12, 4)).refused("weightIh [gates=12", "(15 vs 12)"));
    samples.add(right.with(4, Shape.of(12)).refused("biasHh [gates=12]", "(15 vs 12)"));
    int last = right.operands().size() - 1;
    if (op.lengths()) {
      samples.add(right.with(5, Shape.of(3)).refused("lengths [batch=3]", "batch (2 vs 3)"));
    }
    if (op.initial()) {
      samples.add(right.with(last, Shape.of(3, 5)).refused("h0 [batch=3", "batch (2 vs 3)"));
      samples.add(right.with(last, Shape.of(2, 6)).refused("h0 [", "hidden (5 vs 6)"));
    }
    samples.add(OpSample.of("one operand", Shape.of(2, 3, 4)).refused("1 given"));
    return samples;
  }
}

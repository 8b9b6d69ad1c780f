package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.BiLstm;
import limbeck.engine.op.nn.Lstm;
import limbeck.engine.op.nn.RecurrentOp;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Layers of long short-term memory: definition and bounds are those of {@link NaiveLstm}. */
final class LstmEntries {
  /** batch, time, in, hidden */
  private static final int[][] SIZES = {
    {1, 1, 1, 1},
    {3, 5, 4, 2},
    {2, 3, 15, 16},
    {9, 2, 3, 17},
    {2, 1, 33, 31},
    {1, 2, 100, 5},
    {17, 3, 5, 4},
    {0, 3, 2, 2},
    {2, 0, 3, 2},
    {2, 3, 0, 2}
  };

  private LstmEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (boolean reverse : new boolean[] {false, true}) {
      entries.add(entry(new Lstm(reverse)));
      entries.add(entry(new Lstm(reverse, true, false, false)));
      entries.add(entry(new Lstm(reverse, true, true, true)));
    }
    entries.add(entry(new Lstm(false, false, true, false)));
    entries.add(entry(new Lstm(false, false, false, true)));
    for (boolean ends : new boolean[] {false, true}) {
      entries.add(entry(new BiLstm(false, ends)));
      entries.add(entry(new BiLstm(true, ends)));
    }
    return entries;
  }

  private static Entry entry(RecurrentOp op) {
    NaiveLstm.Cache naive = new NaiveLstm.Cache(op);
    return new Entry(
        op,
        (v, i) -> naive.result(v, i).value(),
        new Precision(
            (v, i) -> naive.result(v, i).error(), (v, k, i) -> naive.gradient(v, k, i).error()),
        samples(op));
  }

  private static List<OpSample> samples(RecurrentOp op) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      OpSample sample = sample(op, s[0], s[1], s[2], s[3]);
      samples.add(s[0] > 0 ? batched(op, sample) : sample);
    }
    samples.add(sample(op, 20, 4, 20, 64)); // several blocks, each a chunk
    samples.add(
        sample(op, 3, 4, 5, 3).values(0, i -> i % 3 == 0 ? -1e4 : 1e4).extreme()); // saturated
    samples.addAll(refusals(op));
    return samples;
  }

  private static OpSample sample(RecurrentOp op, int batch, int time, int in, int hidden) {
    Shape bias = Shape.of(4 * hidden);
    List<Shape> shapes = new ArrayList<>(List.of(Shape.of(batch, time, in)));
    for (int d = 0; d < op.directions(); d++) {
      shapes.add(Shape.of(4 * hidden, in));
      shapes.add(Shape.of(4 * hidden, hidden));
      shapes.add(bias);
      shapes.add(bias);
    }
    if (op.lengths()) {
      shapes.add(Shape.of(batch));
    }
    if (op.initial()) {
      shapes.add(Shape.of(batch, hidden));
      shapes.add(Shape.of(batch, hidden));
    }
    String name = batch + " x " + time + ", " + in + " to " + hidden;
    OpSample sample = OpSample.of(name, shapes.toArray(Shape[]::new));
    return op.lengths() ? sample.labels(op.lengthsOperand(), time + 1) : sample;
  }

  private static OpSample batched(RecurrentOp op, OpSample sample) {
    OpSample batched = sample.batched(0);
    for (int k = op.lengthsOperand(); k < sample.operands().size(); k++) {
      batched = batched.batched(k);
    }
    return batched;
  }

  private static List<OpSample> refusals(RecurrentOp op) {
    List<OpSample> samples = new ArrayList<>();
    OpSample right = sample(op, 2, 3, 4, 5);
    samples.add(right.with(0, Shape.of(3, 4)).refused("x [3, 4]", "has 2 axes, 3 expected"));
    samples.add(
        right.with(1, Shape.of(20, 6)).refused("in=4", "weightIh [gates=20, in=6]", "4 vs 6"));
    samples.add(
        right
            .with(2, Shape.of(20, 6))
            .refused("weightHh [gates=20, hidden=6]", "not four gates for each"));
    samples.add(right.with(4, Shape.of(16)).refused("biasHh [gates=16]", "(20 vs 16)"));
    if (op.directions() > 1) {
      samples.add(right.with(5, Shape.of(20, 6)).refused("weightIhReverse [", "4 vs 6"));
      samples.add(right.with(6, Shape.of(16, 4)).refused("weightHhReverse [", "hidden (5 vs 4)"));
    }
    if (op.lengths()) {
      samples.add(
          right
              .with(op.lengthsOperand(), Shape.of(3))
              .refused("lengths [batch=3]", "batch (2 vs 3)"));
    }
    if (op.initial()) {
      int h0 = op.initialOperand();
      samples.add(right.with(h0, Shape.of(3, 5)).refused("h0 [batch=3", "batch (2 vs 3)"));
      samples.add(right.with(h0 + 1, Shape.of(2, 6)).refused("c0 [", "hidden (5 vs 6)"));
    }
    samples.add(OpSample.of("one operand", Shape.of(2, 3, 4)).refused("1 given"));
    return samples;
  }
}

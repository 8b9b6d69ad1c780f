package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.ProjectedLstm;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.Precision;

/** Projected long short-term memory: definition and bounds are {@link NaiveProjectedLstm}'s. */
final class ProjectedLstmEntries {
  /** batch, time, in, hidden, projected */
  private static final int[][] SIZES = {
    {1, 1, 1, 1, 1},
    {3, 5, 4, 2, 3},
    {2, 3, 15, 16, 7},
    {9, 2, 3, 17, 5},
    {17, 3, 5, 4, 2},
    {0, 3, 2, 2, 1},
    {2, 0, 3, 2, 2},
    {2, 3, 0, 2, 1}
  };

  private ProjectedLstmEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (boolean reverse : new boolean[] {false, true}) {
      entries.add(entry(new ProjectedLstm(reverse, false, 0)));
      entries.add(entry(new ProjectedLstm(reverse, true, 0)));
      entries.add(entry(new ProjectedLstm(reverse, true, 0.1875))); // clips some, not all
    }
    return entries;
  }

  private static Entry entry(ProjectedLstm op) {
    NaiveProjectedLstm.Cache naive = new NaiveProjectedLstm.Cache(op);
    return new Entry(
        op,
        (v, i) -> naive.of(v).result(i).value(),
        new Precision(
            (v, i) -> naive.of(v).result(i).error(),
            (v, k, i) -> naive.of(v).gradient(k, i).error()),
        samples(op));
  }

  private static List<OpSample> samples(ProjectedLstm op) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] s : SIZES) {
      OpSample sample = sample(op, s[0], s[1], s[2], s[3], s[4]);
      OpSample batched = sample.batched(0);
      samples.add(s[0] == 0 ? sample : op.lengths() ? batched.batched(5) : batched);
    }
    if (op.clip() == 0) { // with limits, differences of so many numbers would step over some
      samples.add(sample(op, 20, 4, 20, 64, 9)); // several blocks, each a chunk
    }
    samples.add(sample(op, 3, 4, 5, 3, 2).values(0, i -> i % 3 == 0 ? -1e4 : 1e4).extreme());
    samples.addAll(refusals(op));
    return samples;
  }

  private static OpSample sample(
      ProjectedLstm op, int batch, int time, int in, int hidden, int projected) {
    List<Shape> shapes =
        new ArrayList<>(
            List.of(
                Shape.of(batch, time, in),
                Shape.of(4 * hidden, in),
                Shape.of(4 * hidden, projected),
                Shape.of(4 * hidden),
                Shape.of(projected, hidden)));
    if (op.lengths()) {
      shapes.add(Shape.of(batch));
    }
    String name = batch + " x " + time + ", " + in + " to " + hidden + " to " + projected;
    OpSample sample = OpSample.of(name, shapes.toArray(Shape[]::new));
    return op.lengths() ? sample.labels(5, time + 1) : sample;
  }

  private static List<OpSample> refusals(ProjectedLstm op) {
    List<OpSample> samples = new ArrayList<>();
    OpSample right = sample(op, 2, 3, 4, 5, 3);
    samples.add(right.with(0, Shape.of(3, 4)).refused("x [3, 4]", "has 2 axes, 3 expected"));
    samples.add(
        right.with(1, Shape.of(20, 6)).refused("in=4", "weightIh [gates=20, in=6]", "4 vs 6"));
    samples.add(
        right
            .with(2, Shape.of(20, 2))
            .refused("weightHh [gates=20, projected=2]", "projected (2 vs 3)"));
    samples.add(right.with(2, Shape.of(16, 3)).refused("weightHh [gates=16", "(20 vs 16)"));
    samples.add(right.with(3, Shape.of(16)).refused("bias [gates=16]", "(20 vs 16)"));
    samples.add(
        right
            .with(4, Shape.of(3, 6))
            .refused("weightHr [projected=3, hidden=6]", "not four gates for each"));
    if (op.lengths()) {
      samples.add(right.with(5, Shape.of(3)).refused("lengths [batch=3]", "batch (2 vs 3)"));
    }
    samples.add(OpSample.of("one operand", Shape.of(2, 3, 4)).refused("1 given"));
    return samples;
  }
}

package limbeck.engine.op;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.AddPositions;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** The sum of steps and positions. */
final class PositionEntries {
  private PositionEntries() {}

  static List<Entry> all() {
    return List.of(entry(new AddPositions(0)), entry(new AddPositions(3)));
  }

  private static Entry entry(AddPositions op) {
    return new Entry(
        op,
        (v, i) -> v.in(0, i) + v.in(1, i % (v.shape().axis(1) * v.shape().last()) + offset(op, v)),
        new Precision(
            (v, i) -> ErrorBound.U * Math.abs(v.out(i)),
            (v, k, i) -> k == 0 ? 0 : tableBound(op, v, i)),
        samples(op));
  }

  private static int offset(AddPositions op, OpValues v) {
    return op.first() * v.shape().last();
  }

  /** Each step has one rounding a sum over examples. */
  private static double tableBound(AddPositions op, OpValues v, int i) {
    int batch = v.shape().axis(0);
    int each = v.shape().axis(1) * v.shape().last();
    int at = i - offset(op, v);
    double sum = 0;
    for (int b = 0; b < batch && at >= 0 && at < each; b++) {
      sum += Math.abs(v.gradOut(b * each + at));
    }
    return ErrorBound.gamma(ErrorBound.columnSum(batch)) * sum;
  }

  private static List<OpSample> samples(AddPositions op) {
    List<OpSample> samples = new ArrayList<>();
    for (int width : new int[] {1, 15, 16, 17, 31, 33, 100}) {
      samples.add(sample(3, 2, width, op.first() + 4).batched(0));
    }
    samples.add(sample(600, 3, 5, op.first() + 3).batched(0)); // blocks of examples, a full table
    samples.add(sample(2000, 10, 33, op.first() + 10)); // several chunks
    samples.add(sample(0, 3, 5, op.first() + 3));
    samples.add(sample(2, 0, 5, op.first()));
    samples.add(
        sample(2, 4, 5, op.first() + 3)
            .refused("x [batch=2, steps=4, width=5]", "from position " + op.first(), "longer"));
    samples.add(
        OpSample.of("two widths", Shape.of(2, 3, 5), Shape.of(9, 4))
            .refused("x [", "table [positions=9, width=4]", "disagree on width", "(5 vs 4)"));
    samples.add(
        OpSample.of("one step", Shape.of(2, 5), Shape.of(9, 5))
            .refused("x [2, 5]", "2 axes", "3 expected"));
    samples.add(
        OpSample.of("one position", Shape.of(2, 3, 5), Shape.of(5))
            .refused("table [5]", "1 axes", "2 expected"));
    return samples;
  }

  private static OpSample sample(int batch, int steps, int width, int positions) {
    Shape x = Shape.of(batch, steps, width);
    Shape table = Shape.of(positions, width);
    return OpSample.of(x + " of " + table, x, table);
  }
}

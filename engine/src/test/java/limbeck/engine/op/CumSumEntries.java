package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.element;
import static limbeck.engine.op.LayoutEntries.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Sums up to each place of an axis. */
final class CumSumEntries {
  private CumSumEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (CumSum op :
        List.of(
            new CumSum(-1),
            new CumSum(0),
            new CumSum(1, true, false),
            new CumSum(-1, false, true),
            new CumSum(-2, true, true))) {
      entries.add(
          new Entry(
              op,
              (v, i) -> sum(v, op, op.reverse(), i, k -> v.in(0, k)),
              new Precision(
                  (v, i) -> bound(v, op, op.reverse(), i, k -> v.in(0, k)),
                  (v, k, i) -> bound(v, op, !op.reverse(), i, v::gradOut)),
              samples(op)));
    }
    return entries;
  }

  /** Σ of the elements before element i of a line, or behind it, and of itself. */
  private static double sum(OpValues v, CumSum op, boolean reverse, int i, IntToDoubleFunction x) {
    Shape shape = v.shape();
    int axis = op.axis() < 0 ? op.axis() + shape.rank() : op.axis();
    int[] place = index(shape, i);
    int own = place[axis];
    double sum = 0;
    for (int j = 0; j < shape.axis(axis); j++) {
      boolean counts = j == own ? !op.exclusive() : reverse == j > own;
      place[axis] = j;
      sum += counts ? x.applyAsDouble(element(shape, place)) : 0;
    }
    return sum;
  }

  private static double bound(
      OpValues v, CumSum op, boolean reverse, int i, IntToDoubleFunction x) {
    return ErrorBound.gamma(v.shape().axis(op.axis()))
        * sum(v, op, reverse, i, k -> Math.abs(x.applyAsDouble(k)));
  }

  private static List<OpSample> samples(CumSum op) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] axes : new int[][] {{1, 1}, {5, 17}, {16, 3}, {3, 7, 33}, {2, 3, 4, 5}, {130, 80}}) {
      OpSample sample = OpSample.of(Shape.of(axes).toString(), Shape.of(axes));
      samples.add(
          op.axis() == 0 || axes.length == 2 && op.axis() == -2 ? sample : sample.batched(0));
    }
    samples.add(OpSample.of("nothing", Shape.of(0, 3)));
    samples.add(OpSample.of("no columns", Shape.of(3, 0)));
    samples.add(OpSample.of("no axes", Shape.SCALAR).refused("x []", "has no axis " + op.axis()));
    return samples;
  }
}

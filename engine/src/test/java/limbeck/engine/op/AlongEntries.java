package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.element;
import static limbeck.engine.op.LayoutEntries.index;
import static limbeck.engine.verify.Precision.roundings;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.layout.Scatter;
import limbeck.engine.op.layout.ScatterAdd;
import limbeck.engine.op.layout.TakeAlong;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Elements taken, added and written by indices along an axis. */
final class AlongEntries {
  private AlongEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (int axis : new int[] {-1, 0, 1}) {
      Copies.Source source = (v, i) -> chosen(v, axis, i);
      entries.add(
          new Entry(
              new TakeAlong(axis),
              (v, i) -> v.in(0, source.of(v, i)),
              new Copies(source, count -> count).precision(), // onto 0, the first of them too
              samples(axis, false)));
      entries.add(
          new Entry(
              new ScatterAdd(axis),
              (v, i) -> sum(v, axis, i, false),
              new Precision((v, i) -> bound(v, axis, i), (v, k, i) -> 0),
              samples(axis, true)));
      entries.add(
          new Entry(
              new Scatter(axis),
              (v, i) -> written(v, axis, i),
              roundings(0, 0),
              samples(axis, true)));
    }
    return entries;
  }

  /** The element of x that element i of the index chooses. */
  private static int chosen(OpValues v, int axis, int i) {
    Shape x = v.shape(0);
    int[] place = index(v.shape(1), i);
    place[axis < 0 ? axis + x.rank() : axis] = (int) v.in(1, i);
    return element(x, place);
  }

  private static double sum(OpValues v, int axis, int i, boolean sizes) {
    double sum = sizes ? Math.abs(v.in(0, i)) : v.in(0, i);
    for (int j = 0; j < v.shape(1).size(); j++) {
      if (chosen(v, axis, j) == i) {
        sum += sizes ? Math.abs(v.in(2, j)) : v.in(2, j);
      }
    }
    return sum;
  }

  /** The last update for a place, or what was there. */
  private static double written(OpValues v, int axis, int i) {
    double written = v.in(0, i);
    for (int j = 0; j < v.shape(1).size(); j++) {
      written = chosen(v, axis, j) == i ? v.in(2, j) : written;
    }
    return written;
  }

  private static double bound(OpValues v, int axis, int i) {
    int count = 0;
    for (int j = 0; j < v.shape(1).size(); j++) {
      count += chosen(v, axis, j) == i ? 1 : 0;
    }
    return count == 0 ? 0 : ErrorBound.gamma(count) * sum(v, axis, i, true);
  }

  private static List<OpSample> samples(int axis, boolean adding) {
    List<OpSample> samples = new ArrayList<>();
    for (int[] axes : new int[][] {{3, 3}, {1, 1}, {5, 17}, {4, 3, 33}, {2, 3, 2, 5}, {40, 50}}) {
      Shape x = Shape.of(axes);
      for (int n : new int[] {1, x.axis(axis), 2 * x.axis(axis) + 1}) {
        samples.add(sample(x, n, axis, adding));
      }
    }
    samples.add(sample(Shape.of(4, 3), 0, axis, adding));
    samples.add(refused(Shape.of(3, 4), Shape.of(4), adding, "index [4]", "1 axes", "2 expected"));
    Shape other = axis == 0 ? Shape.of(3, 5) : Shape.of(4, 4);
    samples.add(refused(Shape.of(3, 4), other, adding, "x [3, 4]", "disagree on axis"));
    samples.add(refused(Shape.SCALAR, Shape.of(1), adding, "x []", "has no axis " + axis));
    return samples;
  }

  private static OpSample refused(Shape x, Shape index, boolean adding, String... texts) {
    String name = x + " by " + index;
    return (adding ? OpSample.of(name, x, index, index) : OpSample.of(name, x, index))
        .refused(texts);
  }

  private static OpSample sample(Shape x, int n, int axis, boolean adding) {
    Shape index = x.with(axis, n);
    String name = x + " by " + index;
    OpSample s = adding ? OpSample.of(name, x, index, index) : OpSample.of(name, x, index);
    s = s.labels(1, x.axis(axis));
    if (axis == 0) {
      return s;
    }
    return adding ? s.batched(0, 1, 2) : s.batched(0, 1);
  }
}

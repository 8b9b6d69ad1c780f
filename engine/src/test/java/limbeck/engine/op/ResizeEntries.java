package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.index;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.Resize;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Planes of another size. */
final class ResizeEntries {
  private ResizeEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (List<Integer> sizes : List.of(List.of(1, 1), List.of(3, 2), List.of(7, 9), List.of(5))) {
      entries.add(entry(new Resize(sizes, true)));
      entries.add(entry(new Resize(sizes, false)));
    }
    return entries;
  }

  private static Entry entry(Resize op) {
    return new Entry(
        op,
        (v, i) -> mixed(op, v, i, false),
        // sums of doubles, rounded once; gradients are rounded once more than they have terms
        new Precision(
            (v, i) -> ErrorBound.U * Math.abs(v.out(i)) + 1e-12 * mixed(op, v, i, true),
            (v, k, i) -> gradientBound(op, v, i)),
        samples("resize", op.sizes().size()));
  }

  /** The share that element at of n has in position i of m: a hat around the place, or a step. */
  private static double share(Resize op, int i, int m, int at, int n) {
    if (!op.linear()) {
      return Math.floorDiv(i * n, m) == at ? 1 : 0;
    }
    double place = Math.min(n - 1, Math.max(0, (2 * i + 1) * n / (2.0 * m) - 0.5));
    return Math.max(0, 1 - Math.abs(place - at));
  }

  /** The share that an element of x has in one of y. */
  private static double share(Resize op, OpValues v, int[] y, int[] x) {
    double share = y[0] == x[0] && y[1] == x[1] ? 1 : 0;
    for (int axis = 2; axis < x.length; axis++) {
      share *= share(op, y[axis], v.shape().axis(axis), x[axis], v.shape(0).axis(axis));
    }
    return share;
  }

  private static double mixed(Resize op, OpValues v, int i, boolean magnitudes) {
    int[] y = index(v.shape(), i);
    int plane = v.shape(0).inner(1);
    int first = i / v.shape().inner(1) * plane;
    double sum = 0;
    for (int k = first; k < first + plane; k++) {
      double share = share(op, v, y, index(v.shape(0), k));
      sum += share == 0 ? 0 : share * (magnitudes ? Math.abs(v.in(0, k)) : v.in(0, k));
    }
    return sum;
  }

  private static double gradientBound(Resize op, OpValues v, int i) {
    int[] x = index(v.shape(0), i);
    int plane = v.shape().inner(1);
    int first = i / v.shape(0).inner(1) * plane;
    double sum = 0;
    int terms = 0;
    for (int k = first; k < first + plane; k++) {
      double share = share(op, v, index(v.shape(), k), x);
      sum += share * Math.abs(v.gradOut(k));
      terms += share > 0 ? 1 : 0;
    }
    return ErrorBound.gamma(terms + 1) * sum;
  }

  /** Planes of many sizes for an op that gives them others, with so many axes of space. */
  static List<OpSample> samples(String op, int space) {
    boolean images = space == 2;
    List<OpSample> samples = new ArrayList<>();
    for (int size : new int[] {1, 2, 3, 5, 8, 17}) {
      Shape x = images ? Shape.of(3, 2, 6, size) : Shape.of(3, 2, size);
      samples.add(OpSample.of(x.toString(), x).batched(0));
    }
    Shape many = images ? Shape.of(40, 10, 9, 10) : Shape.of(200, 10, 30);
    samples.add(OpSample.of(many + ", in several chunks", many).batched(0));
    Shape none = images ? Shape.of(0, 2, 3, 3) : Shape.of(0, 2, 3);
    samples.add(OpSample.of("no examples", none));
    samples.add(OpSample.of("empty planes", many.with(-1, 0)).refused(op, "empty planes"));
    samples.add(OpSample.of("rows", Shape.of(2, 5)).refused("x [2, 5]", (2 + space) + " expected"));
    return samples;
  }
}

package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.index;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.tensor.Shape;
import limbeck.engine.verify.ErrorBound;
import limbeck.engine.verify.OpSample;
import limbeck.engine.verify.OpValues;
import limbeck.engine.verify.Precision;

/** Means of as many windows as asked for. */
final class AdaptivePoolEntries {
  private AdaptivePoolEntries() {}

  static List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    for (List<Integer> sizes : List.of(List.of(1, 1), List.of(3, 2), List.of(5, 7), List.of(4))) {
      entries.add(entry(new AdaptiveAvgPool(sizes)));
    }
    return entries;
  }

  private static Entry entry(AdaptiveAvgPool op) {
    return new Entry(
        op,
        AdaptivePoolEntries::mean,
        // sums of doubles, rounded once; a gradient is divided and added at most twice an axis
        new Precision(
            (v, i) -> ErrorBound.U * Math.abs(v.out(i)) + 1e-12 * size(v),
            (v, k, i) -> ErrorBound.gamma(6) * gradient(v, i)),
        samples(op.sizes().size()));
  }

  /** The largest element: what cancels in a sum of doubles leaves that much behind. */
  private static double size(OpValues v) {
    double size = 0;
    for (int i = 0; i < v.shape(0).size(); i++) {
      size = Math.max(size, Math.abs(v.in(0, i)));
    }
    return size;
  }

  /** Whether element at of n lies in window i of m: where both, as parts of the axis, overlap. */
  private static boolean covers(int i, int m, int at, int n) {
    return (long) i * n < (at + 1L) * m && (long) at * m < (i + 1L) * n;
  }

  private static boolean covers(OpValues v, int[] y, int[] x) {
    boolean covers = y[0] == x[0] && y[1] == x[1];
    for (int axis = 2; axis < x.length; axis++) {
      covers &= covers(y[axis], v.shape().axis(axis), x[axis], v.shape(0).axis(axis));
    }
    return covers;
  }

  private static double mean(OpValues v, int i) {
    int[] y = index(v.shape(), i);
    int plane = v.shape(0).inner(1);
    int first = i / v.shape().inner(1) * plane;
    double sum = 0;
    int count = 0;
    for (int k = first; k < first + plane; k++) {
      if (covers(v, y, index(v.shape(0), k))) {
        sum += v.in(0, k);
        count++;
      }
    }
    return sum / count;
  }

  /** The magnitudes of what an element is given, each from a window of its own size. */
  private static double gradient(OpValues v, int i) {
    int[] x = index(v.shape(0), i);
    int plane = v.shape().inner(1);
    int first = i / v.shape(0).inner(1) * plane;
    double sum = 0;
    for (int k = first; k < first + plane; k++) {
      int[] y = index(v.shape(), k);
      if (covers(v, y, x)) {
        double count = 1;
        for (int axis = 2; axis < x.length; axis++) {
          int n = v.shape(0).axis(axis);
          int along = 0;
          for (int at = 0; at < n; at++) {
            along += covers(y[axis], v.shape().axis(axis), at, n) ? 1 : 0;
          }
          count *= along;
        }
        sum += Math.abs(v.gradOut(k)) / count;
      }
    }
    return sum;
  }

  private static List<OpSample> samples(int space) {
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
    samples.add(
        OpSample.of("empty planes", many.with(-1, 0)).refused("adaptiveAvgPool", "empty planes"));
    samples.add(OpSample.of("rows", Shape.of(2, 5)).refused("x [2, 5]", (2 + space) + " expected"));
    return samples;
  }
}

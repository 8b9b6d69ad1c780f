package limbeck.engine.op;

import static limbeck.engine.op.LayoutEntries.index;

import java.util.ArrayList;
import java.util.List;
import limbeck.engine.op.nn.AdaptiveAvgPool;
import limbeck.engine.verify.ErrorBound;
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
        ResizeEntries.samples("adaptiveAvgPool", op.sizes().size()));
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
}

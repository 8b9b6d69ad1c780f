package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Maxima and sums of what a window covers at each of its positions over one plane, a row of
 * positions at a time: for each element of the window a pass over the row, ky ascending and then
 * kx.
 *
 * <p>Parameters of all methods: {@code plane} is padded, {@code at} the index of its first element,
 * {@code width} the length of its rows; {@code v} says how the window slides down, {@code h}
 * across; y has {@code rows} rows of {@code columns} positions from {@code yAt} on; {@code scratch}
 * holds {@link #SCRATCH} rows of positions.
 */
public final class PoolKernel {
  /** Rows of positions in the scratch that these loops take. */
  public static final int SCRATCH = 3;

  private PoolKernel() {}

  /** y = the largest element that the window covers; NaN if one is. */
  public static void maxima(
      Rows r,
      Tensor plane,
      int at,
      int width,
      Window v,
      Window h,
      Tensor scratch,
      Tensor y,
      int yAt,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      int to = yAt + row * columns;
      int corner = at + row * v.stride() * width;
      r.takeEvery(plane, corner, h.stride(), y, to, columns);
      for (int t = 1; t < v.size() * h.size(); t++) {
        int from = corner + t / h.size() * width + t % h.size();
        if (h.stride() == 1) {
          r.maximum(y, to, plane, from, y, to, columns);
        } else {
          r.takeEvery(plane, from, h.stride(), scratch, 0, columns);
          r.maximum(y, to, scratch, 0, y, to, columns);
        }
      }
    }
  }

  /**
   * Adds dy to the first of the elements that attain the maximum y, in {@code dplane}, which has
   * the plane's layout and starts at {@code dAt}. Order: by row of positions ascending, in it by
   * ky, kx ascending. Padding takes nothing, even where it is the maximum: under a window that
   * holds nothing but −∞.
   *
   * @param height rows of the plane without its padding
   * @param dy with the layout of y, from {@code yAt} on as well
   */
  public static void maximaGradient(
      Rows r,
      Tensor plane,
      int at,
      int height,
      int width,
      Window v,
      Window h,
      Tensor scratch,
      Tensor y,
      Tensor dy,
      int yAt,
      int rows,
      int columns,
      Tensor dplane,
      int dAt) {
    int share = columns; // rest, share and elements taken lie one after another
    int taken = 2 * columns;
    for (int row = 0; row < rows; row++) {
      int from = yAt + row * columns;
      int corner = row * v.stride() * width;
      r.copy(dy, from, scratch, 0, columns);
      for (int t = 0; t < v.size() * h.size(); t++) {
        int ky = t / h.size();
        int kx = t % h.size();
        int first = h.firstInside(kx);
        int n = h.endInside(kx, width - 2 * h.padding()) - first;
        if (n <= 0 || row < v.firstInside(ky) || row >= v.endInside(ky, height)) {
          continue;
        }
        int i = corner + ky * width + kx + first * h.stride();
        r.takeEvery(plane, at + i, h.stride(), scratch, taken, n);
        r.claimMaximum(scratch, taken, y, from + first, scratch, first, scratch, share, n);
        r.addEvery(scratch, share, dplane, dAt + i, h.stride(), n);
      }
    }
  }

  /** y = the sum of what the window covers. */
  public static void sums(
      Rows r,
      Tensor plane,
      int at,
      int width,
      Window v,
      Window h,
      Tensor scratch,
      Tensor y,
      int yAt,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      int to = yAt + row * columns;
      int corner = at + row * v.stride() * width;
      r.takeEvery(plane, corner, h.stride(), y, to, columns);
      for (int t = 1; t < v.size() * h.size(); t++) {
        int from = corner + t / h.size() * width + t % h.size();
        if (h.stride() == 1) {
          r.add(y, to, plane, from, y, to, columns);
        } else {
          r.takeEvery(plane, from, h.stride(), scratch, 0, columns);
          r.add(y, to, scratch, 0, y, to, columns);
        }
      }
    }
  }

  /**
   * Adds one row of gradients to all elements that the window covers at the positions of that row,
   * by ky, kx ascending.
   *
   * @param dy {@code columns} gradients, from its start
   */
  public static void sumsGradient(
      Rows r,
      Tensor dy,
      int width,
      Window v,
      Window h,
      int row,
      int columns,
      Tensor dplane,
      int dAt) {
    int corner = dAt + row * v.stride() * width;
    for (int t = 0; t < v.size() * h.size(); t++) {
      int to = corner + t / h.size() * width + t % h.size();
      r.addEvery(dy, 0, dplane, to, h.stride(), columns);
    }
  }
}

package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Patches of a plane: what a window covers at each of its positions, laid out so that a convolution
 * becomes a matrix product (Chellapilla, Puri and Simard 2006). A plane is an image of one channel,
 * [height, width]. Its patches are a matrix of one row for each element of the window, ky ascending
 * and then kx, and one column for each position, row by row:
 *
 * <pre>{@code
 * patches[ky · kw + kx, oy · columns + ox] = plane[oy · stride + ky · dilation, ox · stride + kx · dilation]
 * }</pre>
 *
 * <p>Positions here count from the padded plane's corner: padding is done by {@link #rectangle},
 * once per plane, so that the loops above are plain copies of rows.
 */
public final class PatchKernel {
  private PatchKernel() {}

  /**
   * y[rows, columns] = the part of a plane whose corner is (top, left), which may lie outside of
   * the plane in part or whole: {@code value} stands there.
   *
   * @param at index of the plane's first element
   */
  public static void rectangle(
      Rows r,
      Tensor x,
      int at,
      int height,
      int width,
      int top,
      int left,
      int rows,
      int columns,
      double value,
      Tensor y) {
    int from = Math.min(Math.max(left, 0), width); // the part of x that is in it
    int to = Math.max(from, Math.min(left + columns, width));
    int first = Math.min(Math.max(top, 0), height);
    int end = Math.max(first, Math.min(top + rows, height));
    if (to - from < columns || end - first < rows) {
      r.fill(value, y, 0, rows * columns);
    }
    int i = at + first * width + from;
    int j = (first - top) * columns + from - left;
    r.takeBlock(x, i, width, 1, y, j, columns, end - first, to - from);
  }

  /**
   * x[height, width] = a padded plane without its padding.
   *
   * @param at index of the first element of x
   */
  public static void crop(
      Rows r, Tensor padded, Window v, Window h, Tensor x, int at, int height, int width) {
    int columns = (int) h.padded(width);
    int i = v.padding() * columns + h.padding();
    r.takeBlock(padded, i, columns, 1, x, at, width, height, width);
  }

  /**
   * patches = those of {@code rows} by {@code columns} positions.
   *
   * @param plane with {@code at}: index of the first element of the first position's patch, and
   *     {@code width}: the length of a row
   * @param v how the window slides down, {@code h} across
   * @param patches with {@code patchesAt}: index of the first element, and {@code ld}: the length
   *     of a row
   */
  public static void gather(
      Rows r,
      Tensor plane,
      int at,
      int width,
      Window v,
      Window h,
      int rows,
      int columns,
      Tensor patches,
      int patchesAt,
      int ld) {
    for (int ky = 0; ky < v.size(); ky++) {
      for (int kx = 0; kx < h.size(); kx++) {
        int from = at + ky * v.dilation() * width + kx * h.dilation();
        int to = patchesAt + (ky * h.size() + kx) * ld;
        int ldx = v.stride() * width;
        r.takeBlock(plane, from, ldx, h.stride(), patches, to, columns, rows, columns);
      }
    }
  }

  /**
   * Adds patches to where {@link #gather} would take them from: an element of the plane gets its
   * terms with ky ascending, and then kx.
   */
  public static void scatter(
      Rows r,
      Tensor patches,
      int patchesAt,
      int ld,
      Window v,
      Window h,
      int rows,
      int columns,
      Tensor plane,
      int at,
      int width) {
    for (int ky = 0; ky < v.size(); ky++) {
      for (int kx = 0; kx < h.size(); kx++) {
        int from = patchesAt + (ky * h.size() + kx) * ld;
        int to = at + ky * v.dilation() * width + kx * h.dilation();
        int ldy = v.stride() * width;
        r.addBlock(patches, from, columns, plane, to, ldy, h.stride(), rows, columns);
      }
    }
  }
}

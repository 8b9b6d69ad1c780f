package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Blocks;
import limbeck.engine.tensor.Shape;
import limbeck.engine.tensor.Tensor;

/**
 * Masks of rows: I32 tensors, 0 for elements that are left out, anything else for those that are
 * kept. Their axes repeat to those of what they mask, see {@link Blocks}; a last axis of size 1
 * keeps or leaves out whole rows.
 *
 * <p>Elements left out get a constant that the loops after it pass by: −∞ before exponentials, of
 * which it makes +0, and +0 before sums, whose lanes it leaves as they are. So the bits of a kept
 * element depend on the kept elements and their places in the row, not on what else stands there,
 * nor on how many elements that are left out follow.
 */
public final class RowMask {
  private RowMask() {}

  /**
   * Writes {@code c} over the elements of a row that are left out.
   *
   * @param whole the shape of what is masked
   * @param row of {@code n} elements, from element {@code i} of y on
   * @return how many elements are kept
   */
  public static int hide(
      Rows r, Tensor mask, Shape whole, int row, double c, Tensor y, int i, int n) {
    int[] flags = mask.ints();
    int width = mask.shape().last();
    int at = mask.offset() + Blocks.index(mask.shape(), whole, 1, row) * width;
    if (width < n) {
      if (flags[at] == 0) {
        r.fill(c, y, i, n);
      }
      return flags[at] == 0 ? 0 : n;
    }
    int hidden = 0;
    for (int k = 0; k < n; k++) {
      int start = k;
      while (k < n && flags[at + k] == 0) {
        k++;
      }
      if (k > start) { // masks come in runs, of padding most of all
        r.fill(c, y, i + start, k - start);
        hidden += k - start;
      }
    }
    return n - hidden;
  }

  /** Whether any of the {@code n} elements of a row is kept. */
  public static boolean keepsAny(Tensor mask, Shape whole, int row, int n) {
    int[] flags = mask.ints();
    int width = Math.min(n, mask.shape().last());
    int at = mask.offset() + Blocks.index(mask.shape(), whole, 1, row) * mask.shape().last();
    for (int k = at; k < at + width; k++) {
      if (flags[k] != 0) {
        return true;
      }
    }
    return false;
  }
}

package limbeck.engine.kernel;

import limbeck.engine.tensor.Tensor;

/**
 * Row loops of windows that slide over rows or planes, under the contract of {@link Rows}, but that
 * an output must not overlap an input here. Of a strided operand they touch n elements, {@code
 * step} apart; of a block, {@code rows} runs of so many, which start {@code ld} elements apart.
 */
public interface WindowRows {
  /** y = every {@code step}-th element of x: y[t] = x[t·step]. */
  void takeEvery(Tensor x, int i, int step, Tensor y, int j, int n);

  /** Adds x to every {@code step}-th element of y: y[t·step] = y[t·step] + x[t]. */
  void addEvery(Tensor x, int i, Tensor y, int j, int step, int n);

  /** {@link #takeEvery} for a block: y[r·ldy + c] = x[r·ldx + c·step]. */
  void takeBlock(
      Tensor x, int i, int ldx, int step, Tensor y, int j, int ldy, int rows, int columns);

  /** {@link #addEvery} for a block: y[r·ldy + c·step] = y[r·ldy + c·step] + x[r·ldx + c]. */
  void addBlock(
      Tensor x, int i, int ldx, Tensor y, int j, int ldy, int step, int rows, int columns);

  /**
   * Gives what is left of a maximum's gradient to an element that attains it: where x = y, and
   * where x is NaN, share = rest and then rest = +0; elsewhere share = +0, and rest stays.
   */
  void claimMaximum(
      Tensor x, int i, Tensor y, int j, Tensor rest, int k, Tensor share, int l, int n);

  /**
   * y[rows, width / 2] = the largest of each 2 × 2 square of x[2·rows, width], NaN if one is, +0 of
   * zeros with different signs. {@code width} is even.
   */
  void maxOfSquares(Tensor x, int i, int width, Tensor y, int j, int rows);

  /**
   * The gradient of {@link #maxOfSquares}: dx = dy + 0 where x is the first of its square's
   * elements that equal the largest, or the first NaN, row by row; elsewhere +0.
   */
  void maxOfSquaresGrad(Tensor x, int i, int width, Tensor dy, int j, Tensor dx, int k, int rows);
}

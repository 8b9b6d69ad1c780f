package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Maxima of 2 × 2 squares in vectors, for rows of whole vectors; other widths, and rows that are
 * left over, go to the scalar twin.
 */
interface VectorSquares extends Rows {
  @Override
  default void maxOfSquares(Tensor x, int i, int width, Tensor y, int j, int rows) {
    int vectors = width % N == 0 ? width / N : 0;
    int whole = vectors == 0 ? 0 : vectors % 2 == 0 ? rows : rows & -2; // two vectors at a time
    SquareLoops.max(x.floats(), x.offset() + i, width, y.floats(), y.offset() + j, whole * vectors);
    if (whole < rows) {
      int to = j + whole * (width / 2);
      TWIN.maxOfSquares(x, i + 2 * whole * width, width, y, to, rows - whole);
    }
  }

  @Override
  default void maxOfSquaresGrad(
      Tensor x, int i, int width, Tensor dy, int j, Tensor dx, int k, int rows) {
    int vectors = width % N == 0 ? width / N : 0;
    int end = dy.offset() + j + rows * (width / 2) + N / 2; // the last load is of a whole vector
    int whole = vectors == 0 ? 0 : end <= dy.floats().length ? rows : Math.max(0, rows - 1);
    SquareLoops.maxGrad(
        x.floats(),
        x.offset() + i,
        width,
        dy.floats(),
        dy.offset() + j,
        dx.floats(),
        dx.offset() + k,
        whole * vectors);
    if (whole < rows) {
      int done = 2 * whole * width;
      int from = j + whole * (width / 2);
      TWIN.maxOfSquaresGrad(x, i + done, width, dy, from, dx, k + done, rows - whole);
    }
  }
}

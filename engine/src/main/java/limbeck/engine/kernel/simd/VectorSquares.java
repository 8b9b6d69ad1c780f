package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * Maxima of 2 × 2 squares in vectors, for rows of whole vectors, gradients also for rows of half a
 * vector; other widths, and rows that are left over, go to the scalar twin.
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
    int start = dy.offset() + j;
    int room = dy.floats().length - start - N; // loads of dy are of whole vectors
    int whole = 0;
    if (width == N / 2 && room >= 0) {
      whole = Math.min(rows, room / (width / 2) + 1);
      SquareLoops.maxGradOfPairs(
          x.floats(), x.offset() + i, dy.floats(), start, dx.floats(), dx.offset() + k, whole);
    } else if (width % N == 0 && width > 0) {
      whole = (rows - 1) * (width / 2) + (width - N) / 2 <= room ? rows : Math.max(0, rows - 1);
      SquareLoops.maxGrad(
          x.floats(),
          x.offset() + i,
          width,
          dy.floats(),
          start,
          dx.floats(),
          dx.offset() + k,
          whole * (width / N));
    }
    if (whole < rows) {
      int done = 2 * whole * width;
      int from = j + whole * (width / 2);
      TWIN.maxOfSquaresGrad(x, i + done, width, dy, from, dx, k + done, rows - whole);
    }
  }
}

package limbeck.engine.kernel.composite;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/**
 * The convolution of one plane with one window of weights, as each channel of a depthwise
 * convolution is: a matrix product with a single row, for which copying patches would cost more
 * than the work itself. Each output is the fma chain from +0 over ky ascending and then kx, padding
 * included: the bits of the product with patches, as long as the window is no larger than {@link
 * limbeck.engine.kernel.Gemm#BLOCK}.
 */
public final class DepthwiseKernel {
  private DepthwiseKernel() {}

  /**
   * y[rows, columns] = Σ over ky, kx of w[ky, kx] · plane[oy · stride + ky · dilation, ox · stride
   * + kx · dilation].
   *
   * @param plane padded, with {@code at}: index of its first element, and {@code width}: the length
   *     of a row
   * @param v how the window slides down, {@code h} across
   * @param w with {@code wAt}: index of the window's first weight
   * @param taken scratch of {@code columns} elements
   * @param y with {@code yAt}: index of the first element
   */
  public static void forward(
      Rows r,
      Tensor plane,
      int at,
      int width,
      Window v,
      Window h,
      Tensor w,
      int wAt,
      Tensor taken,
      Tensor y,
      int yAt,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      int to = yAt + row * columns;
      r.fill(0, y, to, columns);
      for (int ky = 0; ky < v.size(); ky++) {
        int from = at + (row * v.stride() + ky * v.dilation()) * width;
        for (int kx = 0; kx < h.size(); kx++) {
          double weight = w.get(wAt + ky * h.size() + kx);
          int i = from + kx * h.dilation();
          if (h.stride() == 1) {
            r.axpy(weight, plane, i, y, to, columns);
          } else {
            r.takeEvery(plane, i, h.stride(), taken, 0, columns);
            r.axpy(weight, taken, 0, y, to, columns);
          }
        }
      }
    }
  }
}

package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Loops of sliding windows over floats. */
interface ScalarWindows extends Rows {
  @Override
  default void takeEvery(Tensor x, int i, int step, Tensor y, int j, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int from = x.offset() + i;
    int yj = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[yj + t] = xs[from + t * step];
    }
  }

  @Override
  default void addEvery(Tensor x, int i, Tensor y, int j, int step, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int to = y.offset() + j;
    for (int t = 0; t < n; t++) {
      ys[to + t * step] += xs[xi + t];
    }
  }

  @Override
  default void takeBlock(
      Tensor x, int i, int ldx, int step, Tensor y, int j, int ldy, int rows, int columns) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    for (int row = 0; row < rows; row++) {
      int from = x.offset() + i + row * ldx;
      int to = y.offset() + j + row * ldy;
      for (int t = 0; t < columns; t++) {
        ys[to + t] = xs[from + t * step];
      }
    }
  }

  @Override
  default void addBlock(
      Tensor x, int i, int ldx, Tensor y, int j, int ldy, int step, int rows, int columns) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    for (int row = 0; row < rows; row++) {
      int from = x.offset() + i + row * ldx;
      int to = y.offset() + j + row * ldy;
      for (int t = 0; t < columns; t++) {
        ys[to + t * step] += xs[from + t];
      }
    }
  }

  @Override
  default void claimMaximum(
      Tensor x, int i, Tensor y, int j, Tensor rest, int k, Tensor share, int l, int n) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    float[] rests = rest.floats();
    float[] shares = share.floats();
    int xi = x.offset() + i;
    int yj = y.offset() + j;
    int rk = rest.offset() + k;
    int sl = share.offset() + l;
    for (int t = 0; t < n; t++) {
      float here = xs[xi + t];
      boolean claims = here == ys[yj + t] || Float.isNaN(here);
      float left = rests[rk + t];
      shares[sl + t] = claims ? left : 0;
      rests[rk + t] = claims ? 0 : left;
    }
  }
}

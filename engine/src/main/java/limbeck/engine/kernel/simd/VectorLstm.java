package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Steps of long short-term memory in vectors; of fewer units than lanes by the scalar twin. */
interface VectorLstm extends Rows {
  @Override
  default void lstmGates(
      Tensor x, int i, Tensor b, int j, Tensor c, int k, Tensor u, int l, Tensor y, int m, int n) {
    if (n < N) {
      TWIN.lstmGates(x, i, b, j, c, k, u, l, y, m, n);
      return;
    }
    float[] xs = x.floats();
    float[] bs = b.floats();
    float[] cs = c.floats();
    float[] us = u.floats();
    float[] ys = y.floats();
    int xi = x.offset() + i;
    int bj = b.offset() + j;
    int ck = c.offset() + k;
    int ul = u.offset() + l;
    int ym = y.offset() + m;
    LstmLoops.sigmoid(xs, xi, bs, bj, cs, ck, us, ul, ys, ym, 2 * n);
    int g = 2 * n;
    LstmLoops.tanh(xs, xi + g, bs, bj + g, cs, ck + g, us, ul + g, ys, ym + g, n);
    int o = 3 * n;
    LstmLoops.sigmoid(xs, xi + o, bs, bj + o, cs, ck + o, us, ul + o, ys, ym + o, n);
  }

  @Override
  default void lstmState(
      Tensor gates, int i, Tensor before, int j, Tensor c, int k, Tensor h, int l, int n) {
    if (n < N) {
      TWIN.lstmState(gates, i, before, j, c, k, h, l, n);
    } else {
      LstmLoops.state(
          gates.floats(),
          gates.offset() + i,
          before.floats(),
          before.offset() + j,
          c.floats(),
          c.offset() + k,
          h.floats(),
          h.offset() + l,
          n);
    }
  }

  @Override
  default void lstmGrad(
      Tensor gates,
      int i,
      Tensor before,
      int j,
      Tensor c,
      int k,
      Tensor dh,
      int l,
      Tensor dc,
      int m,
      Tensor da,
      int o,
      Tensor dBefore,
      int p,
      int n) {
    if (n < N) {
      TWIN.lstmGrad(gates, i, before, j, c, k, dh, l, dc, m, da, o, dBefore, p, n);
    } else {
      float[] cell = dBefore.floats(); // holds the cell's gradient until the state's is made of it
      int at = dBefore.offset() + p;
      LstmLoops.gradOfCell(
          gates.floats(),
          gates.offset() + i,
          c.floats(),
          c.offset() + k,
          dh.floats(),
          dh.offset() + l,
          dc.floats(),
          dc.offset() + m,
          da.floats(),
          da.offset() + o,
          cell,
          at,
          n);
      LstmLoops.gradOfGates(
          gates.floats(),
          gates.offset() + i,
          before.floats(),
          before.offset() + j,
          cell,
          at,
          da.floats(),
          da.offset() + o,
          n);
      LstmLoops.scale(gates.floats(), gates.offset() + i + n, cell, at, n);
    }
  }
}

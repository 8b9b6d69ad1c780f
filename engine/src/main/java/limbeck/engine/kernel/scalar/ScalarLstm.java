package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Rows;
import limbeck.engine.math.Fma;
import limbeck.engine.math.Sigmoid;
import limbeck.engine.math.Tanh;
import limbeck.engine.tensor.Tensor;

/** Steps of long short-term memory in plain loops over floats. */
interface ScalarLstm extends Rows {
  @Override
  default void lstmGates(
      Tensor x, int i, Tensor b, int j, Tensor c, int k, Tensor u, int l, Tensor y, int m, int n) {
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
    for (int t = 0; t < 4 * n; t++) {
      float a = ((xs[xi + t] + bs[bj + t]) + cs[ck + t]) + us[ul + t];
      boolean candidate = t >= 2 * n && t < 3 * n;
      ys[ym + t] = candidate ? Tanh.tanh(a) : Sigmoid.sigmoid(a);
    }
  }

  @Override
  default void lstmState(
      Tensor gates, int i, Tensor before, int j, Tensor c, int k, Tensor h, int l, int n) {
    float[] gs = gates.floats();
    float[] bs = before.floats();
    float[] cs = c.floats();
    float[] hs = h.floats();
    int gi = gates.offset() + i;
    int bj = before.offset() + j;
    int ck = c.offset() + k;
    int hl = h.offset() + l;
    for (int t = 0; t < n; t++) {
      float in = gs[gi + t] * gs[gi + 2 * n + t];
      float cell = Fma.fma(gs[gi + n + t], bs[bj + t], in);
      cs[ck + t] = cell;
      hs[hl + t] = gs[gi + 3 * n + t] * Tanh.tanh(cell);
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
    float[] gs = gates.floats();
    float[] bs = before.floats();
    float[] cs = c.floats();
    float[] dhs = dh.floats();
    float[] dcs = dc.floats();
    float[] das = da.floats();
    float[] dbs = dBefore.floats();
    int gi = gates.offset() + i;
    int bj = before.offset() + j;
    int ck = c.offset() + k;
    int dhl = dh.offset() + l;
    int dcm = dc.offset() + m;
    int dao = da.offset() + o;
    int dbp = dBefore.offset() + p;
    for (int t = 0; t < n; t++) {
      float in = gs[gi + t];
      float forget = gs[gi + n + t];
      float candidate = gs[gi + 2 * n + t];
      float out = gs[gi + 3 * n + t];
      float tanh = Tanh.tanh(cs[ck + t]);
      float d = dhs[dhl + t];
      float s = dcs[dcm + t] + (d * out) * Fma.fma(-tanh, tanh, 1f);
      das[dao + t] = (s * candidate) * (in * (1f - in));
      das[dao + n + t] = (s * bs[bj + t]) * (forget * (1f - forget));
      das[dao + 2 * n + t] = (s * in) * Fma.fma(-candidate, candidate, 1f);
      das[dao + 3 * n + t] = (d * tanh) * (out * (1f - out));
      dbs[dbp + t] = s * forget;
    }
  }
}

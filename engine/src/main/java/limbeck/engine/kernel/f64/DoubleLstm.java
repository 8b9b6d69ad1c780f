package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Steps of long short-term memory in plain loops over doubles. */
interface DoubleLstm extends Rows {
  @Override
  default void lstmGates(
      Tensor x, int i, Tensor b, int j, Tensor c, int k, Tensor u, int l, Tensor y, int m, int n) {
    double[] xs = x.doubles();
    double[] bs = b.doubles();
    double[] cs = c.doubles();
    double[] us = u.doubles();
    double[] ys = y.doubles();
    int xi = x.offset() + i;
    int bj = b.offset() + j;
    int ck = c.offset() + k;
    int ul = u.offset() + l;
    int ym = y.offset() + m;
    for (int t = 0; t < 4 * n; t++) {
      double a = ((xs[xi + t] + bs[bj + t]) + cs[ck + t]) + us[ul + t];
      boolean candidate = t >= 2 * n && t < 3 * n;
      ys[ym + t] = candidate ? StrictMath.tanh(a) : 1 / (1 + StrictMath.exp(-(a)));
    }
  }

  @Override
  default void lstmState(
      Tensor gates, int i, Tensor before, int j, Tensor c, int k, Tensor h, int l, int n) {
    double[] gs = gates.doubles();
    double[] bs = before.doubles();
    double[] cs = c.doubles();
    double[] hs = h.doubles();
    int gi = gates.offset() + i;
    int bj = before.offset() + j;
    int ck = c.offset() + k;
    int hl = h.offset() + l;
    for (int t = 0; t < n; t++) {
      double in = gs[gi + t] * gs[gi + 2 * n + t];
      double cell = gs[gi + n + t] * bs[bj + t] + in;
      cs[ck + t] = cell;
      hs[hl + t] = gs[gi + 3 * n + t] * StrictMath.tanh(cell);
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
    double[] gs = gates.doubles();
    double[] bs = before.doubles();
    double[] cs = c.doubles();
    double[] dhs = dh.doubles();
    double[] dcs = dc.doubles();
    double[] das = da.doubles();
    double[] dbs = dBefore.doubles();
    int gi = gates.offset() + i;
    int bj = before.offset() + j;
    int ck = c.offset() + k;
    int dhl = dh.offset() + l;
    int dcm = dc.offset() + m;
    int dao = da.offset() + o;
    int dbp = dBefore.offset() + p;
    for (int t = 0; t < n; t++) {
      double in = gs[gi + t];
      double forget = gs[gi + n + t];
      double candidate = gs[gi + 2 * n + t];
      double out = gs[gi + 3 * n + t];
      double tanh = StrictMath.tanh(cs[ck + t]);
      double d = dhs[dhl + t];
      double s = dcs[dcm + t] + (d * out) * (1 - tanh * tanh);
      das[dao + t] = (s * candidate) * (in * (1 - in));
      das[dao + n + t] = (s * bs[bj + t]) * (forget * (1 - forget));
      das[dao + 2 * n + t] = (s * in) * (1 - candidate * candidate);
      das[dao + 3 * n + t] = (d * tanh) * (out * (1 - out));
      dbs[dbp + t] = s * forget;
    }
  }
}

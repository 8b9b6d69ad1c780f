package limbeck.engine.kernel.scalar;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Sums, dot products and maxima in plain loops over floats. */
interface ScalarReductions extends Rows {
  @Override
  default double sum(Tensor x, int i, int n) {
    float[] xs = x.floats();
    int xi = x.offset() + i;
    float sum = ScalarBlock.sum(xs, xi, Math.min(n, ScalarBlock.TERMS));
    for (int t = ScalarBlock.TERMS; t < n; t += ScalarBlock.TERMS) {
      sum += ScalarBlock.sum(xs, xi + t, Math.min(n - t, ScalarBlock.TERMS));
    }
    return sum;
  }

  @Override
  default double dot(Tensor a, int i, Tensor b, int j, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    float sum = ScalarBlock.dot(as, ai, bs, bj, Math.min(n, ScalarBlock.TERMS));
    for (int t = ScalarBlock.TERMS; t < n; t += ScalarBlock.TERMS) {
      sum += ScalarBlock.dot(as, ai + t, bs, bj + t, Math.min(n - t, ScalarBlock.TERMS));
    }
    return sum;
  }

  @Override
  default double max(Tensor x, int i, int n) {
    float[] xs = x.floats();
    int xi = x.offset() + i;
    float even = Float.NEGATIVE_INFINITY;
    float odd = Float.NEGATIVE_INFINITY;
    int t = 0;
    for (int whole = n & -2; t < whole; t += 2) { // two chains: the latency of max is long
      even = Math.max(even, xs[xi + t]);
      odd = Math.max(odd, xs[xi + t + 1]);
    }
    if (t < n) {
      even = Math.max(even, xs[xi + t]);
    }
    return Math.max(even, odd);
  }
}

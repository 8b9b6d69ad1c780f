package limbeck.engine.kernel.simd;

import static limbeck.engine.kernel.scalar.ScalarBlock.TERMS;
import static limbeck.engine.kernel.simd.VectorRows.TWIN;
import static limbeck.engine.kernel.simd.Width.N;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Sums, dot products and maxima in vectors. */
interface VectorReductions extends Rows {
  @Override
  default double sum(Tensor x, int i, int n) {
    float[] xs = x.floats();
    int xi = x.offset() + i;
    float sum = VectorBlock.sum(xs, xi, Math.min(n, TERMS));
    for (int t = TERMS; t < n; t += TERMS) {
      sum += VectorBlock.sum(xs, xi + t, Math.min(n - t, TERMS));
    }
    return sum;
  }

  @Override
  default double dot(Tensor a, int i, Tensor b, int j, int n) {
    float[] as = a.floats();
    float[] bs = b.floats();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    float sum = VectorBlock.dot(as, ai, bs, bj, Math.min(n, TERMS));
    for (int t = TERMS; t < n; t += TERMS) {
      sum += VectorBlock.dot(as, ai + t, bs, bj + t, Math.min(n - t, TERMS));
    }
    return sum;
  }

  @Override
  default double max(Tensor x, int i, int n) {
    return n < N ? TWIN.max(x, i, n) : VectorBlock.max(x.floats(), x.offset() + i, n);
  }
}

package limbeck.engine.kernel.f64;

import limbeck.engine.kernel.Rows;
import limbeck.engine.tensor.Tensor;

/** Sums, dot products and maxima in plain loops over doubles, in ascending order. */
interface DoubleReductions extends Rows {
  @Override
  default double sum(Tensor x, int i, int n) {
    double[] xs = x.doubles();
    int xi = x.offset() + i;
    double sum = 0;
    for (int t = 0; t < n; t++) {
      sum += xs[xi + t];
    }
    return sum;
  }

  @Override
  default double dot(Tensor a, int i, Tensor b, int j, int n) {
    double[] as = a.doubles();
    double[] bs = b.doubles();
    int ai = a.offset() + i;
    int bj = b.offset() + j;
    double sum = 0;
    for (int t = 0; t < n; t++) {
      sum += as[ai + t] * bs[bj + t];
    }
    return sum;
  }

  @Override
  default double max(Tensor x, int i, int n) {
    double[] xs = x.doubles();
    int xi = x.offset() + i;
    double max = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < n; t++) {
      max = Math.max(max, xs[xi + t]);
    }
    return max;
  }
}
